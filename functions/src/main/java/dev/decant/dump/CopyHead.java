package dev.decant.dump;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a COPY block: {@code COPY schema.table (columns) FROM stdin;}.
 *
 * @param columns null if the statement has no list, which means all columns of the table
 */
record CopyHead(TableName table, @Nullable List<String> columns) {
  /** Returns null for another form of COPY: with options, from a file, or of a query. */
  static @Nullable CopyHead parse(StatementTokens tokens) {
    String schema = tokens.identifier();
    String name = tokens.acceptSymbol('.') ? tokens.identifier() : null;
    if (schema == null || name == null) {
      return null;
    }
    List<String> columns = null;
    if (tokens.acceptSymbol('(')) {
      columns = new ArrayList<>();
      if (!columns(tokens, columns)) {
        return null;
      }
    }
    return tokens.accept("from", "stdin") && tokens.atEnd()
        ? new CopyHead(new TableName(schema, name), columns)
        : null;
  }

  private static boolean columns(StatementTokens tokens, List<String> columns) {
    do {
      String column = tokens.identifier();
      if (column == null) {
        return false;
      }
      columns.add(column);
    } while (tokens.acceptSymbol(','));
    return tokens.acceptSymbol(')');
  }
}
