package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a COPY block: {@code COPY schema.table (columns) FROM stdin;}.
 *
 * @param columns null if the statement has no list, which means all columns of the table
 * @param qualified whether the statement writes the schema
 */
record CopyHead(TableName table, @Nullable List<String> columns, boolean qualified) {
  /** Returns null for another form of COPY: with options, from a file, or of a query. */
  static @Nullable CopyHead parse(StatementTokens tokens, DumpSession session) {
    String first = tokens.identifier();
    boolean qualified = tokens.acceptSymbol('.');
    String second = qualified ? tokens.identifier() : null;
    if (first == null || (qualified && second == null)) {
      return null;
    }
    TableName table = second == null ? session.relation(first) : new TableName(first, second);
    if (table == null) {
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
        ? new CopyHead(table, columns, qualified)
        : null;
  }

  /** The text of the statement with the schema of its table. */
  byte[] text(byte[] source, StatementTokens tokens) {
    if (qualified) {
      return source;
    }
    TextCuts cuts = new TextCuts(source, tokens);
    String schema = TableName.alwaysQuoted(table.schema());
    cuts.replace(1, (schema + '.' + tokens.source(1)).getBytes(UTF_8));
    return cuts.result();
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
