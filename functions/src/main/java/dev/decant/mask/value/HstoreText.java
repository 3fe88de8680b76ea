package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;

/**
 * The text form of the type hstore as its server writes it: {@code "name"=>"Max", "age"=>NULL}. The
 * values can be replaced one by one, and the keys and the NULLs stay. An instance is not for
 * several threads.
 */
public final class HstoreText {
  private static final byte[] NULL = {'N', 'U', 'L', 'L'};

  /** Replaces the value of a key. */
  @FunctionalInterface
  public interface Entry {
    /**
     * Appends the new value. It is never called for NULL.
     *
     * @param key the bytes of the key
     * @param value the bytes of the raw value
     * @return false if the new value is NULL; then the appended bytes do not count
     */
    boolean replace(Bytes key, Bytes value, RowView row, Bytes out);
  }

  private final Bytes key = new Bytes(64);
  private final Bytes raw = new Bytes(64);
  private final Bytes replaced = new Bytes(64);

  /**
   * Appends the hstore with other values.
   *
   * @return false if the text is not an hstore as the server writes it; then the appended bytes are
   *     meaningless
   */
  public boolean rewrite(byte[] value, int from, int to, RowView row, Entry entry, Bytes out) {
    int i = from;
    while (i < to) {
      int end = quoted(value, i, to, key);
      if (end < 0 || end + 2 > to || value[end] != '=' || value[end + 1] != '>') {
        return false;
      }
      out.append(value, i, end + 2);
      i = value(value, end + 2, to, row, entry, out);
      if (i < 0 || (i < to && (i + 2 >= to || value[i] != ',' || value[i + 1] != ' '))) {
        return false;
      }
      if (i < to) {
        out.append(value, i, i + 2);
        i += 2;
      }
    }
    return true;
  }

  private int value(byte[] value, int from, int to, RowView row, Entry entry, Bytes out) {
    if (to - from >= NULL.length
        && java.util.Arrays.equals(value, from, from + NULL.length, NULL, 0, NULL.length)) {
      out.append(NULL);
      return from + NULL.length;
    }
    int end = quoted(value, from, to, raw);
    if (end < 0) {
      return -1;
    }
    replaced.clear();
    if (entry.replace(key, raw, row, replaced)) {
      encode(replaced.array(), replaced.length(), out);
    } else {
      out.append(NULL);
    }
    return end;
  }

  /** Reads a text in quotes. It returns the position after it, or -1. */
  private static int quoted(byte[] value, int from, int to, Bytes text) {
    text.clear();
    if (from >= to || value[from] != '"') {
      return -1;
    }
    int i = from + 1;
    while (i < to && value[i] != '"') {
      i += value[i] == '\\' ? 1 : 0;
      if (i == to) {
        return -1;
      }
      text.append(value[i++]);
    }
    return i < to ? i + 1 : -1;
  }

  private static void encode(byte[] value, int length, Bytes out) {
    out.append((byte) '"');
    for (int i = 0; i < length; i++) {
      if (value[i] == '"' || value[i] == '\\') {
        out.append((byte) '\\');
      }
      out.append(value[i]);
    }
    out.append((byte) '"');
  }
}
