package dev.decant.dump;

import dev.decant.copy.Bytes;
import dev.decant.schema.SqlQuotes;

/**
 * Reads one value of a VALUES list and appends the text that COPY would have for it. Values are
 * constants: strings, numbers, NULL, true and false, also with a cast, in parentheses, or in
 * ARRAY[…] and ROW(…). Other expressions have no text before a server computes them.
 *
 * <p>Numbers keep the digits of the dump, because pg_dump writes them as the type of the column
 * does. Only a superfluous zero or point is removed, as the server would for a column of text.
 */
final class InsertValue {
  /** What was read. {@link #NONE} stands for an expression that is not a constant. */
  enum Kind {
    NULL,
    DEFAULT,
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ARRAY,
    RECORD,
    /** The time at which the statement runs. */
    NOW,
    /** The day on which the statement runs. */
    TODAY,
    /** The next number of a sequence, whose name is appended. */
    NEXT,
    NONE
  }

  private static final int DEEPEST = 32;

  private final SqlCursor cursor;
  private final SqlStrings strings;
  private int depth;

  /** Why the last value was {@link Kind#NONE}. It contains no text of the value. */
  private String problem = "";

  InsertValue(SqlCursor cursor, SqlStrings strings) {
    this.cursor = cursor;
    this.strings = strings;
  }

  String problem() {
    return problem;
  }

  /** Appends the value at the cursor, without the escapes of COPY, and moves past it. */
  Kind readOne(Bytes out) {
    depth = 0;
    return read(out);
  }

  private Kind read(Bytes out) {
    cursor.skipBlanks();
    Kind kind = constant(out);
    while (kind != Kind.NONE && cursor.peekAfterBlanks() == ':') {
      if (cursor.peek(cursor.at + 1) != ':' || !isConstant(kind)) {
        return none("an expression");
      }
      cursor.at += 2;
      kind = cast(kind);
    }
    return kind;
  }

  private Kind cast(Kind kind) {
    return CastType.accept(cursor, kind) ? kind : none("a cast that may change the value");
  }

  private Kind none(String why) {
    problem = why;
    return Kind.NONE;
  }

  private Kind constant(Bytes out) {
    byte c = cursor.peek();
    if (c == '\'') {
      return string(out);
    }
    if (SqlQuotes.isDigit(c) || c == '-' || c == '+' || c == '.') {
      return number(out);
    }
    if (c == '(') {
      return parenthesized(out);
    }
    int start = cursor.at;
    String invalid = strings.read(out);
    if (invalid != null) {
      return none(invalid);
    }
    return cursor.at > start ? Kind.STRING : word(out);
  }

  private Kind string(Bytes out) {
    String invalid = strings.read(out);
    return invalid == null ? Kind.STRING : none(invalid);
  }

  private Kind parenthesized(Bytes out) {
    if (++depth > DEEPEST) {
      return none("an expression of too many levels");
    }
    cursor.at++;
    Kind kind = read(out);
    depth--;
    if (kind == Kind.DEFAULT || (kind != Kind.NONE && !cursor.accept(')'))) {
      return none("an expression");
    }
    return kind;
  }

  private Kind number(Bytes out) {
    byte sign = cursor.peek();
    if (sign == '-' || sign == '+') {
      cursor.at++;
      cursor.skipBlanks();
    }
    int start = cursor.at;
    int point = digits(start);
    int end = point;
    boolean fraction = cursor.peek(end) == '.';
    if (fraction) {
      end = digits(end + 1);
    }
    if (end - start == (fraction ? 1 : 0)) {
      return none("an expression");
    }
    int mantissa = end;
    if ((cursor.peek(end) | 0x20) == 'e') {
      boolean signed = cursor.peek(end + 1) == '-' || cursor.peek(end + 1) == '+';
      int exponent = end + (signed ? 2 : 1);
      end = digits(exponent);
      if (end == exponent) {
        return none("an expression");
      }
    }
    if (SqlQuotes.isWordPart(cursor.peek(end)) || cursor.peek(end) == '.') {
      return none("a number in a form that pg_dump does not write");
    }
    if (sign == '-') {
      out.append(sign);
    }
    append(start, point, mantissa, end, out);
    cursor.at = end;
    return mantissa > point || end > mantissa ? Kind.NUMBER : Kind.INTEGER;
  }

  /** Appends {@code 0.5} for {@code .5}, {@code 5} for {@code 5.} and {@code 7} for {@code 007}. */
  private void append(int start, int point, int mantissa, int end, Bytes out) {
    int first = start;
    while (first + 1 < point && cursor.bytes[first] == '0') {
      first++;
    }
    if (first == point) {
      out.append((byte) '0');
    }
    boolean pointOnly = mantissa == point + 1;
    out.append(cursor.bytes, first, pointOnly ? point : mantissa);
    out.append(cursor.bytes, mantissa, end);
  }

  private int digits(int from) {
    int end = from;
    while (SqlQuotes.isDigit(cursor.peek(end))) {
      end++;
    }
    return end;
  }

  private Kind word(Bytes out) {
    if (cursor.accept("null")) {
      return Kind.NULL;
    }
    if (cursor.accept("true")) {
      out.append((byte) 't');
      return Kind.BOOLEAN;
    }
    if (cursor.accept("false")) {
      out.append((byte) 'f');
      return Kind.BOOLEAN;
    }
    if (cursor.accept("default")) {
      return Kind.DEFAULT;
    }
    if (cursor.accept("current_timestamp") || cursor.accept("localtimestamp") || nowCall()) {
      return time(Kind.NOW);
    }
    if (cursor.accept("current_date")) {
      return time(Kind.TODAY);
    }
    if (cursor.accept("nextval")) {
      return next(out);
    }
    if (cursor.accept("array")) {
      return cursor.accept('[') ? elements(out) : none("an expression");
    }
    if (cursor.accept("row")) {
      return cursor.accept('(') ? fields(out) : none("an expression");
    }
    if (cursor.accept("cast")) {
      return castFunction(out);
    }
    return typed(out);
  }

  private boolean nowCall() {
    boolean name =
        cursor.accept("now")
            || cursor.accept("transaction_timestamp")
            || cursor.accept("statement_timestamp")
            || cursor.accept("clock_timestamp");
    return name && cursor.accept('(') && cursor.accept(')');
  }

  /** {@code nextval('name')} or {@code nextval('name'::regclass)}. */
  private Kind next(Bytes out) {
    if (!cursor.accept('(')) {
      return none("an expression");
    }
    cursor.skipBlanks();
    int start = cursor.at;
    boolean name = strings.read(out) == null && cursor.at > start;
    if (cursor.accept(':')) {
      name &= cursor.accept(':') && cursor.accept("regclass");
    }
    return name && cursor.accept(')') ? Kind.NEXT : none("an expression");
  }

  /** A time that is the whole value, without an interval or a precision. */
  private Kind time(Kind kind) {
    byte next = cursor.peekAfterBlanks();
    boolean whole = next == ',' || next == ')';
    return whole ? kind : none("an expression, such as a call of a function");
  }

  private static boolean isConstant(Kind kind) {
    return switch (kind) {
      case NONE, DEFAULT, NOW, TODAY, NEXT -> false;
      default -> true;
    };
  }

  /** {@code CAST(constant AS type)}. */
  private Kind castFunction(Bytes out) {
    if (!cursor.accept('(')) {
      return none("an expression");
    }
    Kind kind = read(out);
    if (!isConstant(kind) || !cursor.accept("as")) {
      return none("an expression");
    }
    kind = cast(kind);
    return kind == Kind.NONE || cursor.accept(')') ? kind : none("an expression");
  }

  /** {@code date '2020-01-01'}: the name of a type and a string. */
  private Kind typed(Bytes out) {
    if (!CastType.accept(cursor, Kind.STRING)) {
      return none("an expression, such as a call of a function");
    }
    cursor.skipBlanks();
    boolean constant = cursor.peek() == '\'' || cursor.peek() == '$';
    int start = cursor.at;
    String invalid = constant ? strings.read(out) : null;
    return invalid == null && cursor.at > start
        ? Kind.STRING
        : none("an expression, such as a call of a function");
  }

  /** The elements of an array after its opening bracket, in the form of array_out. */
  private Kind elements(Bytes out) {
    return list(out, ']', Kind.ARRAY);
  }

  private Kind fields(Bytes out) {
    return list(out, ')', Kind.RECORD);
  }

  private Kind list(Bytes out, char close, Kind list) {
    if (++depth > DEEPEST) {
      return none("an expression of too many levels");
    }
    boolean array = list == Kind.ARRAY;
    Bytes part = new Bytes(64);
    out.append((byte) (array ? '{' : '('));
    boolean first = true;
    while (!cursor.accept(close)) {
      if (!first && !cursor.accept(',')) {
        return none("an expression");
      }
      if (!first) {
        out.append((byte) ',');
      }
      first = false;
      part.clear();
      cursor.skipBlanks();
      // ARRAY[[1,2],[3,4]] is short for ARRAY[ARRAY[1,2],ARRAY[3,4]].
      Kind kind = array && cursor.accept('[') ? elements(part) : read(part);
      if (!isConstant(kind) || (array && kind == Kind.RECORD)) {
        return kind == Kind.NONE ? kind : none("an expression");
      }
      ValueText.append(part, kind, array, out);
    }
    depth--;
    out.append((byte) (array ? '}' : ')'));
    return list;
  }
}
