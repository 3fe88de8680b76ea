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
  /** Stands for no statement. */
  static final InsertHead NONE = new InsertHead(new TableName("", ""), null, false);

  /**
   * Parses the statement at the cursor and moves past what the record describes.
   *
   * @param session resolves the name of a table without a schema
   * @return null for another form of INSERT
   */
  static @Nullable InsertHead parse(SqlCursor cursor, DumpSession session) {
    if (!cursor.accept("insert", "into")) {
      return null;
    }
    String first = cursor.identifier();
    boolean qualified = first != null && cursor.accept('.');
    String second = qualified ? cursor.identifier() : null;
    if (first == null || (qualified && second == null)) {
      return null;
    }
    TableName table = second == null ? session.relation(first) : new TableName(first, second);
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
