package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Changes of a statement that name a stand-in instead of something that a server lacks. */
public final class StandInText {
  private StandInText() {}

  /** The types with modifiers in a statement, without duplicates, if they are among these. */
  public static List<WrittenType> modified(String sql, Predicate<WrittenType> which) {
    StatementTokens tokens = StatementTokens.of(sql);
    List<WrittenType> types = new ArrayList<>();
    for (int i = 0; i < tokens.count(); i++) {
      modified(tokens, i).filter(which).filter(t -> !types.contains(t)).ifPresent(types::add);
    }
    return types;
  }

  /** The statement with the modifiers of these types as a part of their names. */
  public static String withNamedModifiers(String sql, Predicate<WrittenType> which) {
    byte[] text = sql.getBytes(UTF_8);
    StatementTokens tokens = StatementTokens.of(sql);
    TextCuts cuts = new TextCuts(text, tokens);
    for (int i = 0; i < tokens.count(); i++) {
      Optional<WrittenType> type = modified(tokens, i).filter(which);
      if (type.isPresent()) {
        int last = tokens.at() - 1;
        cuts.replace(i, last, named(type.get()).sql().getBytes(UTF_8));
        i = last;
      }
    }
    return new String(cuts.result(), UTF_8);
  }

  /** The type whose name contains the modifiers. */
  public static WrittenType named(WrittenType type) {
    return new WrittenType(type.schema(), type.name() + type.modifiers(), "");
  }

  private static Optional<WrittenType> modified(StatementTokens tokens, int token) {
    return tokens.isIdentifier(token) && (token == 0 || !tokens.isSymbol(token - 1, '.'))
        ? WrittenType.at(tokens, token).filter(type -> !type.modifiers().isEmpty())
        : Optional.empty();
  }

  /** The names after COLLATE in a statement, as it writes them, with quotes. */
  public static List<String> collations(String sql) {
    return List.copyOf(collations(StatementTokens.of(sql)).values());
  }

  /** The statement with another collation in the place of these. */
  public static String withCollation(String sql, Predicate<String> which, String other) {
    byte[] text = sql.getBytes(UTF_8);
    StatementTokens tokens = StatementTokens.of(sql);
    TextCuts cuts = new TextCuts(text, tokens);
    collations(tokens)
        .forEach(
            (token, name) -> {
              if (which.test(name)) {
                int last = tokens.isSymbol(token + 1, '.') ? token + 2 : token;
                cuts.replace(token, last, other.getBytes(UTF_8));
              }
            });
    return new String(cuts.result(), UTF_8);
  }

  private static Map<Integer, String> collations(StatementTokens tokens) {
    Map<Integer, String> names = new LinkedHashMap<>();
    for (int i = 1; i < tokens.count(); i++) {
      if (tokens.isIdentifier(i) && tokens.isWord(i - 1, "collate")) {
        int last = tokens.isSymbol(i + 1, '.') ? i + 2 : i;
        names.put(i, tokens.between(i, last));
      }
    }
    return names;
  }

  /**
   * The name of the collation that a CREATE COLLATION statement creates, as it writes it; empty for
   * other statements.
   */
  public static Optional<String> createdCollation(String sql) {
    StatementTokens tokens = StatementTokens.of(sql);
    if (!tokens.accept("create", "collation")) {
      return Optional.empty();
    }
    tokens.accept("if", "not", "exists");
    int first = tokens.at();
    return tokens.name().isEmpty()
        ? Optional.empty()
        : Optional.of(tokens.between(first, tokens.at() - 1));
  }

  /** Whether a CREATE COLLATION statement says {@code deterministic = false}. */
  public static boolean nondeterministic(String sql) {
    StatementTokens tokens = StatementTokens.of(sql);
    for (int i = 0; i + 2 < tokens.count(); i++) {
      if (tokens.isWord(i, "deterministic") && tokens.isWord(i + 2, "false")) {
        return true;
      }
    }
    return false;
  }
}
