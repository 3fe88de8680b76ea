package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables that a statement after the rows concerns, as far as its text shows. */
public final class StatementTables {
  private StatementTables() {}

  /**
   * The table of an index, or the tables of a constraint. For a foreign key these are its own table
   * and then the table that it refers to. The result is empty for other kinds.
   */
  public static Set<TableName> of(DumpPart.Statement statement) {
    Set<TableName> tables = new LinkedHashSet<>();
    switch (statement.kind()) {
      case INDEX, INDEX_UNIQUE, INDEX_EXPRESSION -> index(statement).ifPresent(tables::add);
      case CONSTRAINT, FOREIGN_KEY -> {
        StatementTokens tokens = StatementTokens.of(statement);
        altered(tokens).ifPresent(tables::add);
        int references = tokens.find(tokens.at(), "references");
        if (statement.kind() == StatementKind.FOREIGN_KEY && references > 0) {
          tokens.at(references + 1);
          name(tokens).ifPresent(tables::add);
        }
      }
      default -> {}
    }
    return tables;
  }

  /** A constraint of a table. */
  public record Constraint(TableName table, String name) {}

  /** The constraint that a statement adds or comments on, or empty for other statements. */
  public static Optional<Constraint> constraint(DumpPart.Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    return switch (statement.kind()) {
      case CONSTRAINT, FOREIGN_KEY -> {
        Optional<TableName> table = altered(tokens);
        @Nullable String name = tokens.accept("add", "constraint") ? tokens.identifier() : null;
        yield constraint(table, name);
      }
      case COMMENT -> {
        @Nullable String name =
            tokens.accept("comment", "on", "constraint") ? tokens.identifier() : null;
        yield constraint(tokens.accept("on") ? name(tokens) : Optional.empty(), name);
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Constraint> constraint(Optional<TableName> table, @Nullable String name) {
    return name == null ? Optional.empty() : table.map(t -> new Constraint(t, name));
  }

  /** A partition and its partitioned table. */
  public record Attached(TableName parent, TableName partition) {}

  /** Reads {@code ALTER TABLE [ONLY] parent ATTACH PARTITION partition …}. */
  public static Optional<Attached> attached(DumpPart.Statement statement) {
    if (statement.kind() != StatementKind.TABLE_ATTACH) {
      return Optional.empty();
    }
    StatementTokens tokens = StatementTokens.of(statement);
    Optional<TableName> parent = altered(tokens);
    if (parent.isEmpty() || !tokens.accept("attach", "partition")) {
      return Optional.empty();
    }
    return name(tokens).map(partition -> new Attached(parent.get(), partition));
  }

  /**
   * The tables that a statement ties to others by partitions or inheritance; empty for all other
   * statements.
   */
  public static Set<TableName> tied(DumpPart.Statement statement) {
    Set<TableName> tables = new LinkedHashSet<>();
    StatementTokens tokens = StatementTokens.of(statement);
    switch (statement.kind()) {
      case TABLE -> created(tokens, tables);
      case TABLE_ATTACH, TABLE_INHERIT -> {
        altered(tokens).ifPresent(tables::add);
        if (tokens.accept("attach", "partition") || tokens.accept("inherit")) {
          name(tokens).ifPresent(tables::add);
        }
      }
      default -> {}
    }
    return tables;
  }

  /** {@code CREATE TABLE name … PARTITION BY}, {@code PARTITION OF parent}, {@code INHERITS (…)} */
  private static void created(StatementTokens tokens, Set<TableName> tables) {
    int partition = tokens.find(0, "partition");
    int inherits = tokens.find(0, "inherits");
    if (partition < 0 && inherits < 0) {
      return;
    }
    tokens.at(1);
    tokens.accept("unlogged");
    tokens.accept("table");
    tokens.accept("if", "not", "exists");
    name(tokens).ifPresent(tables::add);
    tokens.at(partition + 1);
    if (partition > 0 && tokens.accept("of")) {
      name(tokens).ifPresent(tables::add);
    }
    if (inherits > 0) {
      tokens.at(inherits + 2);
      do {
        name(tokens).ifPresent(tables::add);
      } while (tokens.acceptSymbol(','));
    }
  }

  /** {@code CREATE [UNIQUE] INDEX name ON [ONLY] table …} */
  private static Optional<TableName> index(DumpPart.Statement statement) {
    StatementTokens tokens = StatementTokens.of(statement);
    int on = tokens.find(0, "on");
    if (on < 0) {
      return Optional.empty();
    }
    tokens.at(on + 1);
    tokens.accept("only");
    return name(tokens);
  }

  /** {@code ALTER TABLE [ONLY] table …} */
  static Optional<TableName> altered(StatementTokens tokens) {
    tokens.at(0);
    if (!tokens.accept("alter", "table")) {
      return Optional.empty();
    }
    tokens.accept("only");
    return name(tokens);
  }

  /** Reads {@code schema.name} and moves past it. */
  static Optional<TableName> name(StatementTokens tokens) {
    @Nullable String schema = tokens.identifier();
    @Nullable String name = tokens.acceptSymbol('.') ? tokens.identifier() : null;
    return schema == null || name == null
        ? Optional.empty()
        : Optional.of(new TableName(schema, name));
  }
}
