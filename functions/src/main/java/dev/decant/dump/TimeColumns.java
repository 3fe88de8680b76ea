package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of dates and times of the tables that a dump has created so far. In such a column,
 * COPY reads the texts {@code now} and {@code today} as the time and the day of the load, as {@code
 * now()} and {@code CURRENT_DATE} in an INSERT statement do. In a column of another type they would
 * be words.
 */
final class TimeColumns {
  private static final Set<String> DATES = Set.of("date", "timestamp", "timestamptz");
  private static final Set<String> TIMES = Set.of("time", "timetz");

  /** What begins an element of CREATE TABLE that is not a column. */
  private static final Set<String> NO_COLUMN =
      Set.of("constraint", "primary", "unique", "check", "foreign", "exclude", "like");

  private record Column(String name, String type) {}

  private final Map<TableName, List<Column>> tables = new HashMap<>();

  /** Records the columns of a CREATE TABLE statement that names its schema. */
  void created(DumpPart.Statement statement) {
    CreatedTable.of(statement)
        .ifPresent(table -> tables.put(table.name(), columns(StatementTokens.of(statement))));
  }

  private static List<Column> columns(StatementTokens tokens) {
    List<Column> columns = new ArrayList<>();
    int open = 0;
    while (open < tokens.count() && !tokens.isSymbol(open, '(')) {
      open++;
    }
    for (int i = open + 1; i < tokens.count(); i++) {
      boolean begins = i == open + 1 || (tokens.isSymbol(i - 1, ',') && tokens.depth(i) == 1);
      boolean word = tokens.isIdentifier(i) && tokens.kind(i) == SqlLexer.WORD;
      tokens.at(i);
      @Nullable String name = begins ? tokens.identifier() : null;
      if (name != null && !(word && NO_COLUMN.contains(name))) {
        @Nullable String type = tokens.identifier();
        columns.add(new Column(name, type == null || isArray(tokens) ? "" : type));
      }
    }
    return columns;
  }

  /** Whether the rest of a type makes it an array, as in {@code timestamp(3) with time zone[]}. */
  private static boolean isArray(StatementTokens tokens) {
    if (tokens.isSymbol(tokens.at(), '(')) {
      tokens.at(tokens.closing(tokens.at()) + 1);
    }
    while (tokens.acceptAny("with", "without", "time", "zone")) {}
    return tokens.isSymbol(tokens.at(), '[') || tokens.isWord(tokens.at(), "array");
  }

  /**
   * Whether a column takes the text {@code now} or, if {@code day} is true, {@code today}.
   *
   * @param column its name, or null if the statement lists no columns
   * @param index its number among the values of a row, from 0
   */
  boolean accepts(TableName table, @Nullable String column, int index, boolean day) {
    List<Column> columns = tables.getOrDefault(table, List.of());
    for (int i = 0; i < columns.size(); i++) {
      if (column == null ? i == index : columns.get(i).name().equals(column)) {
        String type = columns.get(i).type();
        return DATES.contains(type) || (!day && TIMES.contains(type));
      }
    }
    return false;
  }
}
