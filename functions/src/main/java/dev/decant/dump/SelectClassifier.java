package dev.decant.dump;

import dev.decant.dump.StatementClassifier.Found;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines the kind of a SELECT. Only a single call of a function that pg_dump calls, with
 * constant arguments, has a kind. Scripts also set a sequence to the largest number of a column,
 * which has the same kind. Any other SELECT would run code that decant does not understand.
 */
final class SelectClassifier {
  /**
   * The words that may stand before a parenthesis in the value of a setval. The functions among
   * them have no effect.
   */
  private static final Set<String> CALLABLE =
      Set.of("max", "coalesce", "greatest", "count", "pg_get_serial_sequence", "select", "from");

  private SelectClassifier() {}

  static @Nullable Found classify(StatementTokens tokens, boolean clean) {
    if (tokens.acceptSymbol('*') && !tokens.accept("from")) {
      return null;
    }
    if (tokens.accept("pg_catalog") && !tokens.acceptSymbol('.')) {
      return null;
    }
    String function = tokens.identifier();
    int open = tokens.at();
    if (function == null || !tokens.isSymbol(open, '(')) {
      return null;
    }
    if (function.startsWith("pg_restore_") && function.endsWith("_stats")) {
      return new Found(StatementKind.RESTORE_STATISTICS, "statistics");
    }
    if (function.equals("lo_unlink")) {
      return clean ? new Found(StatementKind.CLEAN, "LARGE OBJECT") : null;
    }
    if (function.equals("setval") && isOfColumn(tokens, open)) {
      return new Found(StatementKind.SEQUENCE_VALUE, "SEQUENCE");
    }
    boolean alone = tokens.closing(open) == tokens.count() - 2;
    int first = function.equals("setval") ? afterSerialSequence(tokens, open) : open;
    return alone && constants(tokens, first) ? called(function, tokens) : null;
  }

  /**
   * Whether the statement sets a sequence to a number of a table, such as {@code setval('s',
   * (SELECT max(id) FROM t))} or {@code setval('s', coalesce(max(id), 1)) FROM t}, and calls
   * nothing else.
   */
  private static boolean isOfColumn(StatementTokens tokens, int open) {
    boolean reads = false;
    for (int i = open + 1; i < tokens.count() - 1; i++) {
      reads |= tokens.isWord(i, "from");
      int token = i;
      boolean called = tokens.isIdentifier(i) && tokens.isSymbol(i + 1, '(');
      if (called && CALLABLE.stream().noneMatch(word -> tokens.isWord(token, word))) {
        return false;
      }
    }
    return reads;
  }

  private static @Nullable Found called(String function, StatementTokens tokens) {
    return switch (function) {
      case "set_config" ->
          "search_path".equals(tokens.plainString(tokens.at() + 1))
              ? new Found(StatementKind.SEARCH_PATH, "search_path")
              : null;
      case "setval" -> new Found(StatementKind.SEQUENCE_VALUE, "SEQUENCE");
      case "lo_create" -> new Found(StatementKind.LARGE_OBJECT_CREATE, "LARGE OBJECT");
      case "lo_open", "lowrite", "lo_close" ->
          new Found(StatementKind.LARGE_OBJECT_DATA, "LARGE OBJECT");
      default -> null;
    };
  }

  /**
   * The last token of {@code pg_get_serial_sequence('table', 'column')}, by which old versions of
   * pg_dump name a sequence, or the given token.
   */
  private static int afterSerialSequence(StatementTokens tokens, int open) {
    int function = tokens.isWord(open + 1, "pg_catalog") ? open + 3 : open + 1;
    boolean named =
        tokens.isWord(function, "pg_get_serial_sequence")
            && tokens.isSymbol(function + 1, '(')
            && tokens.plainString(function + 2) != null
            && tokens.isSymbol(function + 3, ',')
            && tokens.plainString(function + 4) != null
            && tokens.isSymbol(function + 5, ')');
    return named ? function + 5 : open;
  }

  private static boolean constants(StatementTokens tokens, int open) {
    for (int i = open + 1; i < tokens.count() - 2; i++) {
      byte kind = tokens.kind(i);
      boolean constant =
          kind == SqlLexer.STRING
              || kind == SqlLexer.NUMBER
              || tokens.isSymbol(i, ',')
              || tokens.isSymbol(i, '-')
              || tokens.isWord(i, "true")
              || tokens.isWord(i, "false");
      if (!constant) {
        return false;
      }
    }
    return true;
  }
}
