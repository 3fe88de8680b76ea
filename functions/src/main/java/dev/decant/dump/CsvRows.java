package dev.decant.dump;

import dev.decant.copy.CopyText;
import dev.decant.schema.TableName;
import java.util.Arrays;

/**
 * COPY rows in the csv format, as the server reads them (CopyReadLineText and CopyReadAttributesCSV
 * in copyfromparse.c). As in psql, a line {@code \.} ends the rows.
 */
final class CsvRows extends ConvertedRows {
  private final SqlCursor cursor = new SqlCursor();
  private final byte delimiter;
  private final byte quote;
  private final byte escape;
  private final byte[] nullText;

  /** Whether rows end in CR LF, which the first row determines. */
  private boolean carriageReturns;

  private boolean lineEndKnown;

  CsvRows(DumpInput input, int largestRow, TableName table, CopyOptions options) {
    super(input, largestRow, options.header());
    delimiter = options.delimiter();
    quote = options.quote();
    escape = options.escape();
    nullText = options.nullText();
    RowReader.toFirstRow(input);
    begin(table);
  }

  @Override
  boolean convert() {
    while (true) {
      try {
        cursor.set(input.buffer(), input.position(), input.limit());
        boolean found = !atMarker(cursor.at);
        if (found) {
          fields();
        } else {
          cursor.at += 2 + (cursor.peek(cursor.at + 2) == '\r' ? 2 : 1);
        }
        input.advance(cursor.at);
        return found;
      } catch (SqlCursor.WindowEnd _) {
        row.clear();
        moreOfRow();
      }
    }
  }

  /** Whether the line that begins here is {@code \.}. */
  private boolean atMarker(int at) {
    if (cursor.peek(at) != '\\' || cursor.peek(at + 1) != '.') {
      return false;
    }
    byte next = cursor.peek(at + 2);
    return next == '\n' || (next == '\r' && cursor.peek(at + 3) == '\n');
  }

  private void fields() {
    boolean more = true;
    while (more) {
      more = field();
      row.append(more ? (byte) '\t' : (byte) '\n');
    }
  }

  /** Reads a field and the delimiter or the line end after it. Returns false after a line end. */
  private boolean field() {
    int start = row.length();
    boolean quoted = false;
    while (true) {
      byte c = cursor.peek();
      if (c == quote) {
        quoted = true;
        cursor.at++;
        quotedPart();
      } else if (c == delimiter || c == '\n' || c == '\r') {
        end(start, quoted);
        if (c != delimiter) {
          lineEnd(c);
        }
        cursor.at++;
        return c == delimiter;
      } else {
        row.append(c);
        cursor.at++;
      }
    }
  }

  private void quotedPart() {
    while (true) {
      byte c = cursor.peek();
      cursor.at++;
      if (c == escape && (cursor.peek() == escape || cursor.peek() == quote)) {
        c = cursor.peek();
        cursor.at++;
      } else if (c == quote) {
        return;
      } else if (c == '\n' && atMarker(cursor.at)) {
        throw invalid("has a quote that is not closed before the \\. line");
      }
      row.append(c);
    }
  }

  private void end(int start, boolean quoted) {
    boolean isNull =
        !quoted && Arrays.equals(row.array(), start, row.length(), nullText, 0, nullText.length);
    if (isNull) {
      row.length(start);
      row.append((byte) '\\');
      row.append((byte) 'N');
    } else {
      CopyText.escapeFrom(row, start);
    }
  }

  /** Moves to the LF of a line end. */
  private void lineEnd(byte c) {
    boolean found = c == '\r';
    if (found) {
      if (cursor.peek(cursor.at + 1) != '\n') {
        throw invalid("contains a carriage return that is not quoted");
      }
      cursor.at++;
    }
    if (lineEndKnown && found != carriageReturns) {
      throw invalid("ends in LF while the rows before it end in CR LF, or the other way round");
    }
    lineEndKnown = true;
    carriageReturns = found;
  }
}
