package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.Quoting;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The DDL of the output: the text of the source without the parts that must not be published. The
 * owner of an empty database on any server must be able to restore it, so it has no tablespaces, no
 * roles and no options of foreign servers.
 */
public final class Skeleton {
  private static final List<String> BEFORE_NAMES =
      List.of("table", "only", "exists", "view", "of", "on", "using", "constraint");

  private Skeleton() {}

  /** The comment at the end of every dump. */
  public static byte[] footer() {
    return ("--\n" + DumpComments.FOOTER + "\n--\n\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The statement that declares an encoding. The reader returns it with UTF-8 for every dump,
   * because the sessions of the driver speak UTF-8; the output declares its own encoding.
   */
  public static byte[] clientEncoding(DatabaseEncoding encoding) {
    return ("SET client_encoding = '" + encoding + "';").getBytes(StandardCharsets.UTF_8);
  }

  /** The statement that sets the search path for the statements after it. */
  public static byte[] searchPath(String path) {
    return ("SELECT pg_catalog.set_config('search_path', " + Quoting.literal(path) + ", false);")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The bytes of a statement in the output, with the final {@code ;}. They are the bytes of the
   * source without tablespaces, options of foreign objects, roles of policies, and comments between
   * tokens, which only people write. {@code CREATE SCHEMA public} gets IF NOT EXISTS because every
   * database has that schema, and text that psql would misread is rewritten. The result is empty
   * for a statement that is not in the output.
   */
  public static byte[] published(Statement statement) {
    if (statement.kind().output() == StatementKind.Output.DROP) {
      return new byte[0];
    }
    return PsqlReading.of(statement, withoutComments(statement, cleaned(statement)));
  }

  private static byte[] withoutComments(Statement statement, byte[] text) {
    return TextCuts.mayHaveComments(text)
        ? TextCuts.withoutComments(text, StatementTokens.of(text, statement.backslashEscapes()))
        : text;
  }

  private static byte[] cleaned(Statement statement) {
    return switch (statement.kind()) {
      case SERVER, FOREIGN_DATA_WRAPPER, FOREIGN_TABLE -> withoutOptions(statement);
      case TABLE, CONSTRAINT -> withoutTablespace(statement, "");
      case INDEX, INDEX_UNIQUE, INDEX_EXPRESSION -> withoutTablespace(statement, "where");
      case MATERIALIZED_VIEW -> withoutTablespace(statement, "as");
      case POLICY -> withoutRoles(statement);
      case SCHEMA -> schema(statement);
      default -> statement.text();
    };
  }

  /** Whether the output lacks options of a foreign server, wrapper or table. */
  public static boolean losesOptions(Statement statement) {
    return switch (statement.kind()) {
      case SERVER, FOREIGN_DATA_WRAPPER, FOREIGN_TABLE ->
          withoutOptions(statement).length < statement.text().length;
      default -> false;
    };
  }

  /** Cuts OPTIONS (…) of the object and its columns: hosts, users, names of remote tables. */
  private static byte[] withoutOptions(Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    TextCuts cuts = new TextCuts(statement.text(), tokens);
    for (int i = 1; i < tokens.count(); i++) {
      boolean options =
          tokens.isWord(i, "options")
              && tokens.isSymbol(i + 1, '(')
              && !tokens.isSymbol(i - 1, '.');
      if (options) {
        int last = tokens.closing(i + 1);
        cuts.cut(i, last);
        i = last;
      }
    }
    return cuts.result();
  }

  /** Cuts TABLESPACE name, and USING INDEX before it, but only before the word {@code until}. */
  private static byte[] withoutTablespace(Statement statement, String until) {
    StatementTokens tokens = StatementTokens.of(statement);
    int query = tokens.find(0, until);
    int tablespace = 1;
    while (tablespace < tokens.count() && !isTablespace(tokens, tablespace)) {
      tablespace++;
    }
    if (tablespace == tokens.count() || (query >= 0 && query < tablespace)) {
      return statement.text();
    }
    boolean ofIndex =
        tokens.isWord(tablespace - 2, "using") && tokens.isWord(tablespace - 1, "index");
    TextCuts cuts = new TextCuts(statement.text(), tokens);
    cuts.cut(ofIndex ? tablespace - 2 : tablespace, tablespace + 1);
    return cuts.result();
  }

  /**
   * Whether a TABLESPACE clause begins here. The word is not reserved, so it may also be a name. It
   * is a name next to a dot, after a word that a name follows, before ON or AS, or before a token
   * that is not an identifier.
   */
  private static boolean isTablespace(StatementTokens tokens, int at) {
    return tokens.depth(at) == 0
        && tokens.isWord(at, "tablespace")
        && tokens.isIdentifier(at + 1)
        && !tokens.isSymbol(at - 1, '.')
        && !tokens.isSymbol(at + 2, '.')
        && BEFORE_NAMES.stream().noneMatch(word -> tokens.isWord(at - 1, word))
        && !tokens.isWord(at + 1, "on")
        && !tokens.isWord(at + 1, "as");
  }

  /**
   * Whether the statement is a policy of row security that applies to roles of the source. These
   * roles do not exist elsewhere, and without them the policy would apply to everybody. So in the
   * output it applies to the owner of the restored database only, and gives nobody else access to a
   * row.
   */
  public static boolean losesRoles(Statement statement) {
    if (statement.kind() != StatementKind.POLICY) {
      return false;
    }
    StatementTokens tokens = StatementTokens.of(statement);
    int to = tokens.find(0, "to");
    return to >= 0 && !isRestrictive(tokens) && !isPublic(tokens, to);
  }

  /**
   * Replaces TO role, … by the owner, or by everybody if the policy is restrictive or applied to
   * PUBLIC before.
   */
  private static byte[] withoutRoles(Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    int to = tokens.find(0, "to");
    if (to < 0) {
      return statement.text();
    }
    TextCuts cuts = new TextCuts(statement.text(), tokens);
    if (losesRoles(statement)) {
      cuts.insertAfter(to, " CURRENT_USER");
      cuts.cut(to + 1, lastRole(tokens, to));
    } else {
      cuts.cut(to, lastRole(tokens, to));
    }
    return cuts.result();
  }

  private static boolean isRestrictive(StatementTokens tokens) {
    int as = tokens.find(0, "as");
    return as >= 0 && tokens.isWord(as + 1, "restrictive");
  }

  private static boolean isPublic(StatementTokens tokens, int to) {
    for (int role = to + 1; role <= lastRole(tokens, to); role += 2) {
      tokens.at(role);
      if ("public".equals(tokens.identifier())) {
        return true;
      }
    }
    return false;
  }

  private static int lastRole(StatementTokens tokens, int to) {
    int last = to + 1;
    while (tokens.isSymbol(last + 1, ',')) {
      last += 2;
    }
    return last;
  }

  private static byte[] schema(Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    TextCuts cuts = new TextCuts(statement.text(), tokens);
    if (tokens.count() > 3 && tokens.isWord(2, "public")) {
      cuts.insertAfter(1, " IF NOT EXISTS");
    }
    int authorization = tokens.find(3, "authorization");
    if (authorization >= 0) {
      cuts.cut(authorization, authorization + 1);
    }
    return cuts.result();
  }
}
