package dev.decant.dump;

import dev.decant.dump.StatementClassifier.Found;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes changes of tables and types that occur in migrations and hand-written files of DDL,
 * but never in dumps of pg_dump. A column that such a statement adds needs a rule like any other
 * column.
 */
final class SchemaChange {
  private SchemaChange() {}

  /** The same for a dump that is published: ALTER TABLE and ALTER TYPE, which bring no rows. */
  static @Nullable Found ofTable(StatementTokens tokens) {
    return tokens.isWord(tokens.at(), "alter") ? of(tokens) : null;
  }

  /**
   * The same for a statement after rows: {@code ALTER TABLE t ADD [COLUMN] c type}, which can
   * precede the rows as well, because the rows before it have the default. Returns null for others.
   */
  static @Nullable Found ofColumn(StatementTokens tokens) {
    tokens.at(0);
    if (!tokens.accept("alter", "table") || tokens.has("references")) {
      return null;
    }
    tokens.accept("if", "exists");
    tokens.accept("only");
    String name = tokens.name();
    boolean adds = tokens.accept("add") && !tokens.accept("constraint");
    tokens.accept("column");
    tokens.accept("if", "not", "exists");
    boolean column = tokens.identifier() != null && tokens.isIdentifier(tokens.at());
    return name.isEmpty() || !adds || !column ? null : new Found(StatementKind.SCHEMA_CHANGE, name);
  }

  /** Returns null for a statement that changes neither a table nor a type. */
  static @Nullable Found of(StatementTokens tokens) {
    boolean alters = tokens.acceptAny("alter", "drop");
    if (!alters && !tokens.accept("create")) {
      return null;
    }
    if (!alters) {
      tokens.accept("unlogged");
    }
    if (!tokens.acceptAny("table", "type", "domain")) {
      return null;
    }
    tokens.accept("if", "not", "exists");
    tokens.accept("if", "exists");
    tokens.accept("only");
    String name = tokens.name();
    return name.isEmpty() ? null : new Found(StatementKind.SCHEMA_CHANGE, name);
  }
}
