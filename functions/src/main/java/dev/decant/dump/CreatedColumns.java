package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tables that a dump has created so far say about the columns of INSERT statements. */
final class CreatedColumns {
  private static final Set<String> DATES = Set.of("date", "timestamp", "timestamptz");
  private static final Set<String> TIMES = Set.of("time", "timetz");
  private static final Set<String> INTEGERS =
      Set.of("smallint", "int2", "integer", "int", "int4", "bigint", "int8");
  private static final Set<String> SERIALS =
      Set.of("smallserial", "serial2", "serial", "serial4", "bigserial", "serial8");

  /** What begins an element of CREATE TABLE that is not a column. */
  private static final Set<String> NO_COLUMN =
      Set.of("constraint", "primary", "unique", "check", "foreign", "exclude", "like");

  /**
   * A column.
   *
   * @param type the first word of its type; empty for an array
   * @param sequence the sequence of its default, as the statement writes it, or null
   */
  private record Column(String name, String type, @Nullable String sequence) {}

  private final Map<TableName, List<Column>> tables = new HashMap<>();

  /** Records the columns of a CREATE TABLE statement, or a default that is added later. */
  void created(DumpPart.Statement statement) {
    if (statement.kind() == StatementKind.COLUMN_DEFAULT) {
      defaulted(statement);
    }
    CreatedTable.of(statement)
        .ifPresent(
            table -> tables.put(table.name(), columns(table, StatementTokens.of(statement))));
  }

  private void defaulted(DumpPart.Statement statement) {
    Optional<SequenceDefault> found = SequenceDefault.of(statement);
    List<Column> columns = found.map(SequenceDefault::table).map(tables::get).orElse(null);
    if (found.isEmpty() || columns == null) {
      return;
    }
    StatementTokens tokens = StatementTokens.of(statement);
    @Nullable String sequence = sequence(tokens, tokens.find(0, "nextval"));
    columns.replaceAll(
        c -> c.name().equals(found.get().column()) ? new Column(c.name(), c.type(), sequence) : c);
  }

  private static List<Column> columns(CreatedTable table, StatementTokens tokens) {
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
        columns.add(column(table, name, tokens));
      }
    }
    return columns;
  }

  private static Column column(CreatedTable table, String name, StatementTokens tokens) {
    int from = tokens.at();
    @Nullable String word = tokens.identifier();
    String type = word == null || isArray(tokens) ? "" : word;
    String own = table.name().name() + '_' + name + "_seq";
    if (SERIALS.contains(type)) {
      return new Column(name, "bigint", own);
    }
    for (int i = from; i < tokens.count() && !endsColumn(tokens, i); i++) {
      if (tokens.isWord(i, "nextval") && tokens.isWord(i - 1, "default")) {
        return new Column(name, type, sequence(tokens, i));
      }
      if (tokens.isWord(i, "as") && tokens.isWord(i + 1, "identity")) {
        return new Column(name, type, own);
      }
    }
    return new Column(name, type, null);
  }

  private static boolean endsColumn(StatementTokens tokens, int i) {
    return tokens.depth(i) == 0 || (tokens.depth(i) == 1 && tokens.isSymbol(i, ','));
  }

  /** The first argument of nextval, if it is a plain string. */
  private static @Nullable String sequence(StatementTokens tokens, int nextval) {
    return tokens.isSymbol(nextval + 1, '(') ? tokens.plainString(nextval + 2) : null;
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
   * Whether a column takes the text {@code now} or, if {@code day} is true, {@code today}. COPY
   * reads them as the time and the day of the load, as {@code now()} and {@code CURRENT_DATE} in an
   * INSERT statement do. In a column of another type they would be words.
   *
   * @param column its name, or null if the statement lists no columns
   * @param index its number among the columns of the table, from 0, if the statement lists none
   */
  boolean takesTime(TableName table, @Nullable String column, int index, boolean day) {
    @Nullable Column found = find(table, column, index);
    return found != null
        && (DATES.contains(found.type()) || (!day && TIMES.contains(found.type())));
  }

  /** Whether a column is an integer. The parameters are those of {@link #takesTime}. */
  boolean isInteger(TableName table, @Nullable String column, int index) {
    @Nullable Column found = find(table, column, index);
    return found != null && INTEGERS.contains(found.type());
  }

  /**
   * Whether the default of a column is the next value of a sequence, so that {@code nextval} in an
   * INSERT statement means the same as DEFAULT.
   */
  boolean takesNext(TableName table, @Nullable String column, int index, String sequence) {
    @Nullable Column found = find(table, column, index);
    return found != null
        && found.sequence() != null
        && unqualified(found.sequence()).equals(unqualified(sequence));
  }

  /** The name of a sequence without the schema, which only one of two statements may write. */
  private static String unqualified(String written) {
    String name = written.substring(written.lastIndexOf('.') + 1);
    return name.startsWith("\"") ? name.replace("\"", "") : SqlLexer.folded(name);
  }

  private @Nullable Column find(TableName table, @Nullable String column, int index) {
    List<Column> columns = tables.getOrDefault(table, List.of());
    for (int i = 0; i < columns.size(); i++) {
      if (column == null ? i == index : columns.get(i).name().equals(column)) {
        return columns.get(i);
      }
    }
    return null;
  }
}
