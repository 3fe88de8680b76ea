package dev.decant.dump;

import dev.decant.copy.CopyText;
import dev.decant.schema.TableName;
import java.util.Arrays;

/** COPY rows in the text format with another delimiter, another text of NULL, or a header. */
final class DelimitedRows extends ConvertedRows {
  private final RowScanner scanner = new RowScanner();
  private final byte delimiter;
  private final byte[] nullText;

  DelimitedRows(DumpInput input, int largestRow, TableName table, CopyOptions options) {
    super(input, largestRow, options.header());
    delimiter = options.delimiter();
    nullText = options.nullText();
    scanner.begin();
    RowReader.toFirstRow(input);
    begin(table);
  }

  @Override
  boolean convert() {
    while (true) {
      int from = input.position();
      scanner.scan(input.buffer(), from, input.limit(), 1);
      if (!scanner.problem().isEmpty()) {
        throw invalid(scanner.problem());
      }
      if (scanner.ended()) {
        input.advance(from + input.lineLength() + 1);
        return false;
      }
      if (scanner.rows() > 0) {
        int end = scanner.end();
        fields(input.buffer(), from, end - (scanner.carriageReturns() ? 2 : 1));
        input.advance(end, scanner.lines());
        return true;
      }
      moreOfRow();
    }
  }

  private void fields(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        i++;
        if (i < to && bytes[i] == '.') {
          throw invalid("contains \\., at which the server would end the rows");
        }
      } else if (bytes[i] == delimiter) {
        field(bytes, start, i);
        row.append((byte) '\t');
        start = i + 1;
      }
    }
    field(bytes, start, to);
    row.append((byte) '\n');
  }

  private void field(byte[] bytes, int from, int to) {
    if (Arrays.equals(bytes, from, to, nullText, 0, nullText.length)) {
      row.append((byte) '\\');
      row.append((byte) 'N');
    } else {
      int start = row.length();
      CopyText.unescape(bytes, from, to, row);
      CopyText.escapeFrom(row, start);
    }
  }
}
