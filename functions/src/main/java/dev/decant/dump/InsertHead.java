package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT statement up to its rows: {@code INSERT INTO table [(columns)] [OVERRIDING SYSTEM
 * VALUE] VALUES}, or the whole of {@code INSERT INTO table DEFAULT VALUES}.
 *
 * @param columns null if the statement has no list, which means the first columns of the table
 */
record InsertHead(TableName table, @Nullable List<String> columns, boolean defaultValues) {
  /**
   * Parses the statement at the cursor and moves past what the record describes.
   *
   * @param schema the schema of a table whose name has none, or null if there is no such schema
   * @return null for another form of INSERT
   */
  static @Nullable InsertHead parse(SqlCursor cursor, @Nullable String schema) {
    if (!cursor.accept("insert", "into")) {
      return null;
    }
    String first = cursor.identifier();
    String second = first != null && cursor.accept('.') ? cursor.identifier() : null;
    TableName table = table(second == null ? schema : first, second == null ? first : second);
    if (table == null) {
      return null;
    }
    List<String> columns = null;
    if (cursor.accept('(')) {
      columns = columns(cursor);
      if (columns == null) {
        return null;
      }
    }
    if (columns == null && cursor.accept("default", "values")) {
      return new InsertHead(table, null, true);
    }
    // COPY always stores the given value of an identity column, as OVERRIDING SYSTEM VALUE does.
    var _ = cursor.accept("overriding", "system", "value");
    return cursor.accept("values") ? new InsertHead(table, columns, false) : null;
  }

  private static @Nullable TableName table(@Nullable String schema, @Nullable String name) {
    return schema == null || name == null ? null : new TableName(schema, name);
  }

  private static @Nullable List<String> columns(SqlCursor cursor) {
    List<String> columns = new ArrayList<>();
    do {
      String column = cursor.identifier();
      if (column == null) {
        return null;
      }
      columns.add(column);
    } while (cursor.accept(','));
    return cursor.accept(')') ? columns : null;
  }
}
