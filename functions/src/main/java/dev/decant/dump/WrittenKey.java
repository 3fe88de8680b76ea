package dev.decant.dump;

import dev.decant.schema.ForeignKey;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from the text of statements. It knows the forms that pg_dump writes for keys of plain
 * columns, and gives nothing for any other form, such as an index with an expression or INCLUDE.
 */
public final class WrittenKey {
  /** The words that may follow the referenced columns of a foreign key. */
  private static final Set<String> ACTIONS =
      Set.of(
          "match",
          "full",
          "simple",
          "on",
          "delete",
          "update",
          "cascade",
          "set",
          "null",
          "default",
          "restrict",
          "no",
          "action",
          "not",
          "deferrable",
          "initially",
          "deferred",
          "immediate",
          "valid");

  private WrittenKey() {}

  /**
   * Reads {@code ALTER TABLE [ONLY] schema.table ADD CONSTRAINT name PRIMARY KEY (column, …)}, the
   * same with {@code UNIQUE}, or {@code CREATE UNIQUE INDEX name ON schema.table USING btree
   * (column, …)}.
   */
  public static Optional<UniqueKey> unique(DumpPart.Statement statement) {
    return switch (statement.kind()) {
      case CONSTRAINT -> constraint(StatementTokens.of(statement));
      case INDEX_UNIQUE -> index(StatementTokens.of(statement));
      default -> Optional.empty();
    };
  }

  private static Optional<UniqueKey> constraint(StatementTokens tokens) {
    @Nullable TableName table = StatementTables.altered(tokens).orElse(null);
    @Nullable String name = tokens.accept("add", "constraint") ? tokens.identifier() : null;
    boolean primary = tokens.accept("primary", "key");
    if (table == null || name == null || !(primary || tokens.accept("unique"))) {
      return Optional.empty();
    }
    return key(tokens, name, table, primary ? UniqueKey.Kind.PRIMARY_KEY : UniqueKey.Kind.UNIQUE);
  }

  private static Optional<UniqueKey> index(StatementTokens tokens) {
    tokens.at(0);
    @Nullable String name = tokens.accept("create", "unique", "index") ? tokens.identifier() : null;
    @Nullable TableName table =
        tokens.accept("on") ? StatementTables.name(tokens).orElse(null) : null;
    return name == null || table == null || !tokens.accept("using", "btree")
        ? Optional.empty()
        : key(tokens, name, table, UniqueKey.Kind.UNIQUE_INDEX);
  }

  private static Optional<UniqueKey> key(
      StatementTokens tokens, String name, TableName table, UniqueKey.Kind kind) {
    List<String> columns = columns(tokens);
    return columns.isEmpty() || !tokens.atEnd()
        ? Optional.empty()
        : Optional.of(new UniqueKey(name, table, columns, kind));
  }

  /**
   * Reads {@code ALTER TABLE [ONLY] schema.table ADD CONSTRAINT name FOREIGN KEY (column, …)
   * REFERENCES schema.table(column, …) …}.
   */
  public static Optional<ForeignKey> foreign(DumpPart.Statement statement) {
    if (statement.kind() != StatementKind.FOREIGN_KEY) {
      return Optional.empty();
    }
    StatementTokens tokens = StatementTokens.of(statement);
    @Nullable TableName table = StatementTables.altered(tokens).orElse(null);
    @Nullable String name = tokens.accept("add", "constraint") ? tokens.identifier() : null;
    List<String> columns = tokens.accept("foreign", "key") ? columns(tokens) : List.of();
    @Nullable TableName referenced =
        tokens.accept("references") ? StatementTables.name(tokens).orElse(null) : null;
    List<String> referencedColumns = columns(tokens);
    while (tokens.isWordOf(ACTIONS)) {
      tokens.at(tokens.at() + 1);
    }
    return table == null
            || name == null
            || referenced == null
            || columns.isEmpty()
            || columns.size() != referencedColumns.size()
            || !tokens.atEnd()
        ? Optional.empty()
        : Optional.of(new ForeignKey(name, table, columns, referenced, referencedColumns));
  }

  /** Moves past {@code (a, b)} and returns the names; empty if anything else stands there. */
  private static List<String> columns(StatementTokens tokens) {
    List<String> columns = new ArrayList<>();
    boolean more = tokens.acceptSymbol('(');
    while (more) {
      @Nullable String column = tokens.identifier();
      if (column == null) {
        return List.of();
      }
      columns.add(column);
      more = tokens.acceptSymbol(',');
    }
    return tokens.acceptSymbol(')') ? columns : List.of();
  }
}
