package dev.decant.dump;

import dev.decant.dump.StatementClassifier.Found;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Statements that pg_dump does not write, but people and older versions do. */
final class OtherStatement {
  private OtherStatement() {}

  /**
   * The kind of a statement, also of one that pg_dump writes, or null for an unknown one.
   *
   * @param changes whether tables and types may change, because no rows precede the statement
   */
  static @Nullable Found of(StatementTokens tokens, boolean changes, RelationNames names) {
    @Nullable Found found = StatementClassifier.classify(tokens, false);
    if (found == null) {
      tokens.at(0);
      found = changes ? SchemaChange.ofTable(tokens) : SchemaChange.ofColumn(tokens);
    }
    return found == null && tokens.isWord(0, "drop") ? dropped(tokens, names) : found;
  }

  /** DROP of objects that the dump has not created. It prepares a database that is not empty. */
  private static @Nullable Found dropped(StatementTokens tokens, RelationNames names) {
    tokens.at(1);
    if (!tokens.acceptAny("table", "sequence", "view")) {
      return null;
    }
    tokens.accept("if", "exists");
    do {
      @Nullable String name = tokens.identifier();
      if (tokens.acceptSymbol('.')) {
        name = tokens.identifier();
      }
      if (name == null || names.hasCreated(name)) {
        return null;
      }
    } while (tokens.acceptSymbol(','));
    return new Found(StatementKind.CLEAN, "DROP");
  }

  /** Throws for tables with the hidden column oid, which PostgreSQL 12 removed. */
  static void refuseOids(StatementKind kind, StatementTokens tokens, long line) {
    boolean set =
        kind == StatementKind.SETTING
            && tokens.isWord(1, "default_with_oids")
            && !tokens
                .source(tokens.count() - 2)
                .toLowerCase(Locale.ROOT)
                .matches("'?(false|off)'?");
    boolean with = false;
    for (int i = 1; kind == StatementKind.TABLE && i < tokens.count(); i++) {
      with |= tokens.depth(i) == 0 && tokens.isWord(i, "with") && tokens.isWord(i + 1, "oids");
    }
    if (set || with) {
      throw DumpProblem.unsupported(
          line,
          "The dump creates tables with the hidden column oid, which PostgreSQL 12 removed. Run"
              + " ALTER TABLE … SET WITHOUT OIDS for these tables in the source database, and dump"
              + " it again.");
    }
  }
}
