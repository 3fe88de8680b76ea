package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;

/**
 * The text form of a PostgreSQL array ("Array Input and Output Syntax" in its manual), whose
 * elements can be replaced one by one. The dimensions, the lower bounds and the NULLs stay: {@code
 * [2:3]={{a,NULL},{"b c","d\"e"}}}. Only one thread may use an instance.
 */
public final class ArrayText {
  private static final byte[] NULL = {'N', 'U', 'L', 'L'};

  /** Replaces an element. It has the form of a mask, so that a method reference can serve. */
  @FunctionalInterface
  public interface Element {
    /**
     * Appends the new value of an element, without quotes. It is never called for NULL.
     *
     * @return false if the new value is NULL; then the appended bytes do not count
     */
    boolean apply(byte[] value, int from, int to, RowView row, Bytes out);
  }

  private final byte delimiter;
  private final Bytes raw = new Bytes(64);
  private final Bytes replaced = new Bytes(64);

  /**
   * The text form of arrays whose elements this character separates. It is a semicolon for the type
   * box, and a comma for all other types of PostgreSQL.
   */
  public ArrayText(char delimiter) {
    this.delimiter = (byte) delimiter;
  }

  /** The text form of arrays of a type, whose name is as {@code format_type} prints it. */
  public static ArrayText of(String elementType) {
    return new ArrayText(elementType.equals("box") ? ';' : ',');
  }

  /**
   * Appends the array with other elements. All elements are written as PostgreSQL writes them.
   *
   * @param row the row of the array, which is passed on
   * @return false if the text is not an array; then the appended bytes are meaningless
   */
  public boolean rewrite(byte[] value, int from, int to, RowView row, Element element, Bytes out) {
    int i = afterBounds(value, from, to);
    out.append(value, from, i);
    int depth = 0;
    boolean fresh = false;
    boolean expected = true;
    while (i < to) {
      byte b = value[i];
      if (isBlank(b)) {
        i++;
        continue;
      }
      boolean valid = b == delimiter ? !expected : b == '}' ? !expected || fresh : expected;
      if (!valid || (depth == 0 && b != '{')) {
        return false;
      }
      if (b == '{' || b == '}' || b == delimiter) {
        out.append(b);
        i++;
        depth += b == '{' ? 1 : b == '}' ? -1 : 0;
        if (depth == 0) {
          return onlyBlanks(value, i, to);
        }
      } else {
        i = element(value, i, to, row, element, out);
        if (i < 0) {
          return false;
        }
      }
      fresh = b == '{';
      expected = b == '{' || b == delimiter;
    }
    return false;
  }

  /** The position after the bounds {@code [2:3][1:2]=}, or {@code from} if there are none. */
  private static int afterBounds(byte[] value, int from, int to) {
    if (from == to || value[from] != '[') {
      return from;
    }
    int i = from;
    while (i < to && value[i] != '=') {
      i++;
    }
    return Math.min(i + 1, to);
  }

  private static boolean onlyBlanks(byte[] value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isBlank(value[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads one element and appends its replacement.
   *
   * @return the position after the element, or -1 if it does not end
   */
  private int element(byte[] value, int from, int to, RowView row, Element element, Bytes out) {
    raw.clear();
    boolean quoted = value[from] == '"';
    int i = quoted ? quoted(value, from + 1, to) : bare(value, from, to);
    if (i < 0) {
      return -1;
    }
    if (!quoted && isNull(value, from, raw.length(), i)) {
      out.append(NULL);
      return i;
    }
    replaced.clear();
    if (element.apply(raw.array(), 0, raw.length(), row, replaced)) {
      encode(replaced.array(), 0, replaced.length(), out);
    } else {
      out.append(NULL);
    }
    return i;
  }

  /** Whether an element without quotes and backslashes is the word NULL in any case. */
  private static boolean isNull(byte[] value, int from, int length, int end) {
    return length == NULL.length && end - from >= length && isNull(value, from);
  }

  private static boolean isNull(byte[] value, int from) {
    for (int i = 0; i < NULL.length; i++) {
      if ((value[from + i] & 0xdf) != NULL[i]) {
        return false;
      }
    }
    return true;
  }

  private int quoted(byte[] value, int from, int to) {
    int i = from;
    while (i < to && value[i] != '"') {
      i += value[i] == '\\' ? 1 : 0;
      if (i == to) {
        return -1;
      }
      raw.append(value[i++]);
    }
    return i < to ? i + 1 : -1;
  }

  /** Reads an element without quotes. Blanks after it do not belong to it. */
  private int bare(byte[] value, int from, int to) {
    int length = 0;
    int i = from;
    while (i < to && value[i] != delimiter && value[i] != '}') {
      if (value[i] == '{' || value[i] == '"') {
        return -1;
      }
      boolean escaped = value[i] == '\\';
      i += escaped ? 1 : 0;
      if (i == to) {
        return -1;
      }
      raw.append(value[i]);
      length = escaped || !isBlank(value[i]) ? raw.length() : length;
      i++;
    }
    raw.length(length);
    return i < to ? i : -1;
  }

  /** Appends an element, in quotes if it needs them. */
  public void encode(byte[] value, int from, int to, Bytes out) {
    boolean quotes = to == from || (to - from == NULL.length && isNull(value, from));
    for (int i = from; i < to && !quotes; i++) {
      byte b = value[i];
      quotes = b == delimiter || b == '"' || b == '\\' || b == '{' || b == '}' || isBlank(value[i]);
    }
    if (!quotes) {
      out.append(value, from, to);
      return;
    }
    out.append((byte) '"');
    for (int i = from; i < to; i++) {
      if (value[i] == '"' || value[i] == '\\') {
        out.append((byte) '\\');
      }
      out.append(value[i]);
    }
    out.append((byte) '"');
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
