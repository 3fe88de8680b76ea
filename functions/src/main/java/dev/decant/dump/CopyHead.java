package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The head of a COPY block: {@code COPY schema.table (columns) FROM stdin;}, also with options.
 *
 * @param columns null if the statement has no list, which means all columns of the table
 * @param qualified whether the statement writes the schema
 */
record CopyHead(
    TableName table, @Nullable List<String> columns, boolean qualified, CopyOptions options) {
  /** Returns null for another form of COPY: from a file, of a query, or with other options. */
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
    @Nullable CopyOptions options =
        tokens.accept("from", "stdin") ? CopyOptions.parse(tokens, session) : null;
    return options == null ? null : new CopyHead(table, columns, qualified, options);
  }

  /** The COPY statement of rows in the default format. */
  static byte[] statement(TableName table, @Nullable List<String> columns) {
    String list =
        columns == null || columns.isEmpty()
            ? " "
            : columns.stream()
                .map(ReservedWords::quoted)
                .collect(Collectors.joining(", ", " (", ")"));
    return ("COPY " + ReservedWords.quoted(table) + list + " FROM stdin;").getBytes(UTF_8);
  }

  /** The reader of rows that do not have the default format. */
  ConvertedRows rows(DumpInput input, int largestRow) {
    return options.csv()
        ? new CsvRows(input, largestRow, table, options)
        : new DelimitedRows(input, largestRow, table, options);
  }

  /**
   * The text of the statement with the schema of its table, and without options, since the rows get
   * the default format. Comments are left out, because no rule of a policy serves them.
   */
  byte[] text(byte[] source, StatementTokens tokens) {
    boolean comments = TextCuts.withoutComments(source, tokens).length != source.length;
    if (options.given() || comments) {
      return statement(table, columns);
    }
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
