package dev.decant.dump;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes an unknown statement by its first SQL keywords and nothing else of its text. */
final class UnknownStatement {
  private static final int MOST_WORDS = 3;
  private static final int OLDEST = 9;
  private static final int NEWEST = 18;

  private static final Set<String> KEYWORDS =
      Set.of(
          "add",
          "alter",
          "analyze",
          "as",
          "attach",
          "begin",
          "call",
          "cast",
          "cluster",
          "column",
          "comment",
          "commit",
          "concurrently",
          "constraint",
          "copy",
          "create",
          "database",
          "declare",
          "default",
          "delete",
          "detach",
          "do",
          "domain",
          "drop",
          "event",
          "execute",
          "exists",
          "explain",
          "extension",
          "foreign",
          "from",
          "function",
          "grant",
          "group",
          "if",
          "import",
          "index",
          "insert",
          "into",
          "language",
          "listen",
          "load",
          "local",
          "lock",
          "materialized",
          "merge",
          "not",
          "notify",
          "on",
          "only",
          "operator",
          "or",
          "owned",
          "prepare",
          "procedure",
          "publication",
          "reassign",
          "recursive",
          "refresh",
          "reindex",
          "rename",
          "replace",
          "reset",
          "revoke",
          "role",
          "rollback",
          "rule",
          "savepoint",
          "schema",
          "security",
          "select",
          "sequence",
          "server",
          "set",
          "show",
          "start",
          "system",
          "table",
          "tablespace",
          "temp",
          "temporary",
          "to",
          "transaction",
          "trigger",
          "truncate",
          "type",
          "unlogged",
          "update",
          "user",
          "vacuum",
          "values",
          "view",
          "with");

  private UnknownStatement() {}

  /**
   * The message of the error.
   *
   * @param pgDump the version of pg_dump according to the header, or null
   */
  static String message(StatementTokens tokens, @Nullable String pgDump) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < MOST_WORDS && i < tokens.count(); i++) {
      String word = tokens.kind(i) == SqlLexer.WORD ? tokens.source(i) : "";
      if (!KEYWORDS.contains(word.toLowerCase(Locale.ROOT))) {
        break;
      }
      words.append(words.isEmpty() ? ": " : " ").append(word.toUpperCase(Locale.ROOT));
    }
    String what = "This statement does not occur in dumps of pg_dump 9.2 to 18" + words;
    return pgDump != null && isOther(pgDump)
        ? what
            + ". This dump was made by pg_dump "
            + pgDump
            + ". Make it with pg_dump 13 to 18, which can also dump older servers."
        : what
            + ". If people wrote this file, load it into an empty database with psql, and dump that"
            + " with pg_dump. Or remove the statement if nothing needs it.";
  }

  private static boolean isOther(String version) {
    String major = version.replaceFirst("[^0-9].*", "");
    return major.length() > 2
        || Integer.parseInt("0" + major) < OLDEST
        || Integer.parseInt(major) > NEWEST;
  }
}
