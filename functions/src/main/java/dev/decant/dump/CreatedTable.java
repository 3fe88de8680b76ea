package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a CREATE TABLE statement. It is used for tables that no server could create, and
 * for messages about a place in a file of DDL.
 *
 * @param name with the schema {@code public} if the statement names none
 * @param line of the statement in its file, from 1
 * @param columns the names of the columns, in their order, and the lines that they stand on,
 *     without generated columns; empty for a partition and for a table of a type
 */
public record CreatedTable(TableName name, long line, Map<String, Long> columns) {
  /** The words that begin a constraint or LIKE in place of a column. */
  private static final Set<String> NO_COLUMN =
      Set.of("constraint", "primary", "unique", "check", "foreign", "exclude", "like");

  public CreatedTable {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** Reads {@code CREATE [UNLOGGED] TABLE [IF NOT EXISTS] name (column …, …)}. */
  public static Optional<CreatedTable> of(DumpPart.Statement statement) {
    if (statement.kind() != StatementKind.TABLE) {
      return Optional.empty();
    }
    StatementTokens tokens = StatementTokens.of(statement);
    tokens.accept("create");
    tokens.accept("unlogged");
    tokens.accept("table");
    tokens.accept("if", "not", "exists");
    @Nullable String first = tokens.identifier();
    @Nullable String second = tokens.acceptSymbol('.') ? tokens.identifier() : null;
    if (first == null) {
      return Optional.empty();
    }
    TableName name = second == null ? new TableName("public", first) : new TableName(first, second);
    return Optional.of(
        new CreatedTable(name, statement.line(), columns(tokens, statement.text(), statement)));
  }

  /** The same table as a partition, which has no columns of its own. */
  public CreatedTable asPartition() {
    return new CreatedTable(name, line, Map.of());
  }

  private static Map<String, Long> columns(
      StatementTokens tokens, byte[] text, DumpPart.Statement statement) {
    Map<String, Long> columns = new LinkedHashMap<>();
    int open = tokens.at();
    if (!tokens.isSymbol(open, '(')) {
      return columns;
    }
    int close = tokens.closing(open);
    long line = statement.line();
    int counted = 0;
    boolean begins = true;
    @Nullable String last = null;
    for (int token = open + 1; token < close; token++) {
      if (begins && tokens.isIdentifier(token)) {
        int start = tokens.start(token);
        for (; counted < start; counted++) {
          line += text[counted] == '\n' ? 1 : 0;
        }
        tokens.at(token);
        boolean word = tokens.kind(token) == SqlLexer.WORD;
        @Nullable String column = tokens.identifier();
        if (column != null && !(word && NO_COLUMN.contains(column))) {
          columns.put(column, line);
          last = column;
        }
      }
      if (last != null && tokens.isWord(token, "always") && computes(tokens, token + 1)) {
        columns.remove(last);
      }
      begins = tokens.depth(token) == tokens.depth(open) + 1 && tokens.isSymbol(token, ',');
    }
    return columns;
  }

  /** {@code GENERATED ALWAYS AS (…)}, unlike {@code GENERATED ALWAYS AS IDENTITY (…)}. */
  private static boolean computes(StatementTokens tokens, int as) {
    return tokens.isWord(as, "as") && tokens.isSymbol(as + 1, '(');
  }
}
