package dev.decant.dump;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.copy.Bytes;
import dev.decant.copy.CopyText;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the values of one row of an INSERT statement and writes them as COPY text. */
final class InsertRow {
  private final SqlCursor cursor;
  private final SqlStrings strings;
  private final InsertValue value;
  private final ExpressionScan scan;
  private final CreatedColumns columns;
  private final @Nullable Expressions expressions;

  private InsertHead head = InsertHead.NONE;
  private Supplier<String> place = () -> "";
  private final BitSet defaults = new BitSet();
  private int count;

  /**
   * @param expressions computes what is not a constant; null if nothing else is accepted
   */
  InsertRow(
      SqlCursor cursor,
      SqlStrings strings,
      CreatedColumns columns,
      @Nullable Expressions expressions) {
    this.cursor = cursor;
    this.strings = strings;
    this.value = new InsertValue(cursor, strings);
    this.scan = new ExpressionScan(cursor, strings);
    this.columns = columns;
    this.expressions = expressions;
  }

  /** The number of values of the last row. */
  int count() {
    return count;
  }

  /** A copy of the values of the last row that are DEFAULT, by their number from 0. */
  BitSet defaults() {
    return (BitSet) defaults.clone();
  }

  /** Whether the last row has so many values, and DEFAULT for the same ones. */
  boolean isLike(int values, BitSet others) {
    return count == values && defaults.equals(others);
  }

  /** Notes a row without values, which DEFAULT VALUES stands for. */
  void clear() {
    defaults.clear();
    count = 0;
  }

  /**
   * Reads the values in parentheses at the cursor, and appends them to {@code row}.
   *
   * @param where identifies the row within the dump
   * @return why the row cannot be read, as a predicate without any value; empty if it was read
   */
  String read(Bytes row, InsertHead statement, Supplier<String> where) {
    clear();
    head = statement;
    place = where;
    if (!cursor.accept('(')) {
      return "is not a list of values in parentheses";
    }
    do {
      String problem = one(row);
      count++;
      if (!problem.isEmpty()) {
        return "has " + problem + " for " + column();
      }
    } while (cursor.accept(','));
    return cursor.accept(')') ? "" : "has an expression that is not understood";
  }

  /** The last value for a message. */
  private String column() {
    @Nullable String name = name(count - 1);
    return name == null ? "value " + count : "column " + name;
  }

  private @Nullable String name(int index) {
    List<String> listed = head.columns();
    return listed != null && index < listed.size() ? listed.get(index) : null;
  }

  private String one(Bytes row) {
    int separator = row.length();
    if (count > defaults.cardinality()) {
      row.append((byte) '\t');
    }
    int start = row.length();
    cursor.skipBlanks();
    int begin = cursor.at;
    InsertValue.Kind kind = value.readOne(row);
    boolean whole = kind != InsertValue.Kind.NONE && isWhole();
    boolean known = whole && column(kind, row, separator, start);
    if (known) {
      return "";
    }
    String problem = whole ? "" : value.problem();
    row.length(start);
    cursor.at = begin;
    return expression(row, problem.isEmpty() ? "an expression" : problem);
  }

  private boolean isWhole() {
    byte next = cursor.peekAfterBlanks();
    return next == ',' || next == ')';
  }

  /** Writes a value that needs no server. Returns false if its column does not take it. */
  private boolean column(InsertValue.Kind kind, Bytes row, int separator, int start) {
    return switch (kind) {
      case NULL -> {
        row.length(start);
        row.append(new byte[] {'\\', 'N'});
        yield true;
      }
      case DEFAULT -> isDefault(row, separator);
      case NEXT -> {
        String sequence = new String(row.array(), start, row.length() - start, UTF_8);
        yield columns.takesNext(head.table(), name(count), position(count), sequence)
            && isDefault(row, separator);
      }
      case NOW -> time(row, "now");
      case TODAY -> time(row, "today");
      case STRING, ARRAY, RECORD -> {
        CopyText.escapeFrom(row, start);
        yield true;
      }
      case INTEGER, NUMBER, BOOLEAN -> true;
      case NONE -> false;
    };
  }

  private boolean isDefault(Bytes row, int separator) {
    row.length(separator);
    defaults.set(count);
    return true;
  }

  private boolean time(Bytes row, String text) {
    if (!columns.takesTime(head.table(), name(count), position(count), text.equals("today"))) {
      return false;
    }
    row.append(text.getBytes(US_ASCII));
    return true;
  }

  /** The position of a value in the table, or -1 if the statement lists its columns. */
  private int position(int index) {
    return head.columns() == null ? index : -1;
  }

  /** Appends the value of the expression at the cursor, or returns why there is none. */
  private String expression(Bytes row, String otherwise) {
    if (expressions == null) {
      return otherwise;
    }
    int start = row.length();
    int index = count;
    Expressions computing = expressions;
    String sql = scan.read(call -> computing.uuid(place.get() + ' ' + index + ' ' + call));
    if (!scan.problem().isEmpty()) {
      return scan.problem();
    }
    @Nullable String text = scan.uuid();
    if (text == null) {
      boolean integer = columns.isInteger(head.table(), name(count), position(count));
      Expressions.Result result =
          computing.compute(
              new InsertExpression(sql, scan.functions(), integer, strings.backslashEscapes));
      if (!result.problem().isEmpty()) {
        return result.problem();
      }
      text = result.value();
    }
    if (text == null) {
      row.append(new byte[] {'\\', 'N'});
    } else {
      row.append(text.getBytes(UTF_8));
      CopyText.escapeFrom(row, start);
    }
    return "";
  }
}
