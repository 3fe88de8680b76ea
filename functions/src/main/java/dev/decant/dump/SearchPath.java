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
   *
   * @param escapes whether backslashes escape in plain strings
   * @return null if the statement has another form, so that the path after it is not known
   */
  static @Nullable SearchPath of(StatementTokens tokens, boolean escapes) {
    return tokens.isWord(0, "set") ? ofSet(tokens, escapes) : ofCall(tokens, escapes);
  }

  private static @Nullable SearchPath ofSet(StatementTokens tokens, boolean escapes) {
    tokens.at(1);
    tokens.accept("session");
    var _ = tokens.identifier(); // search_path
    if (!tokens.acceptSymbol('=') && !tokens.accept("to")) {
      return null;
    }
    if (tokens.accept("default")) {
      return tokens.atEnd() ? DEFAULT : null;
    }
    List<String> schemas = new ArrayList<>();
    do {
      @Nullable String constant = tokens.constant(tokens.at(), escapes);
      if (constant != null) {
        tokens.at(tokens.at() + 1);
      }
      @Nullable String schema = constant == null ? tokens.identifier() : constant;
      if (schema == null) {
        return null;
      }
      schemas.add(schema);
    } while (tokens.acceptSymbol(','));
    schemas.removeIf(String::isEmpty);
    return tokens.atEnd() ? new SearchPath(schemas) : null;
  }

  /** A third argument other than false would end the path with the transaction. */
  private static @Nullable SearchPath ofCall(StatementTokens tokens, boolean escapes) {
    int value = tokens.count() - 5;
    @Nullable String text = tokens.constant(value, escapes);
    boolean lasts = tokens.isSymbol(value + 1, ',') && tokens.isWord(value + 2, "false");
    return text == null || !lasts ? null : ofText(text);
  }

  /** Reads a list of identifiers as the server does: quotes keep their case. */
  private static @Nullable SearchPath ofText(String text) {
    if (text.isBlank()) {
      return new SearchPath(List.of());
    }
    boolean names = text.indexOf(';') < 0 && text.indexOf('\'') < 0;
    byte[] list = ("SET search_path = " + text + ";").getBytes(UTF_8);
    return names ? ofSet(StatementTokens.of(list, false), false) : null;
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
