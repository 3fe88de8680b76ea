package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The schemas in which names without a schema are looked up, in their order.
 *
 * @param schemas the names without quotes; {@code $user} has no meaning in a dump, because no
 *     schema has the name of the role that restores it
 */
record SearchPath(List<String> schemas) {
  /** The search path of a session that has not set one. */
  static final SearchPath DEFAULT = new SearchPath(List.of("$user", "public"));

  private static final String USER = "$user";
  private static final String CATALOG = "pg_catalog";

  SearchPath {
    schemas = List.copyOf(schemas);
  }

  /**
   * Reads {@code SET search_path = a, "b"} or {@code SELECT set_config('search_path', 'a, b',
   * false)}.
   */
  static SearchPath of(StatementTokens tokens) {
    int name = tokens.find(0, "search_path");
    return name > 0 ? ofSet(tokens, name + 2) : ofText(constant(tokens));
  }

  private static SearchPath ofSet(StatementTokens tokens, int first) {
    List<String> schemas = new ArrayList<>();
    if (tokens.isWord(first, "default")) {
      return DEFAULT;
    }
    for (int i = first; i < tokens.count(); i++) {
      @Nullable String constant = tokens.plainString(i);
      if (constant != null) {
        schemas.add(constant);
      } else if (tokens.isIdentifier(i)) {
        tokens.at(i);
        schemas.add(String.valueOf(tokens.identifier()));
      }
    }
    schemas.removeIf(String::isEmpty);
    return new SearchPath(schemas);
  }

  /** The second argument of set_config. */
  private static String constant(StatementTokens tokens) {
    int second = tokens.count() - 5;
    @Nullable String value = tokens.plainString(second);
    return value == null ? "" : value;
  }

  /** Reads a list of identifiers as the server does: quotes keep their case. */
  private static SearchPath ofText(String text) {
    byte[] list = ("SET search_path = " + text + ";").getBytes(UTF_8);
    return text.isBlank() ? new SearchPath(List.of()) : ofSet(StatementTokens.of(list, false), 3);
  }

  /** The schema in which an object is created whose name has no schema, or null without one. */
  @Nullable String creation() {
    return schemas.stream()
        .filter(s -> !s.equals(USER) && !s.equals(CATALOG))
        .findFirst()
        .orElse(null);
  }

  /** The value of the setting, as set_config takes it. */
  String value() {
    return schemas.stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", "));
  }
}
