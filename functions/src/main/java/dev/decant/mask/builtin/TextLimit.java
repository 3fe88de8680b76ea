package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.value.Utf8;
import dev.decant.schema.ColumnType;

/**
 * The number of characters that fit a text column. {@code varchar(n)} and {@code char(n)} count
 * characters, and {@code name} holds 63 bytes. Trailing blanks of a {@code char(n)} are padding and
 * not a part of the value.
 */
record TextLimit(int max, boolean padded) {
  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int NAME = 63;

  static TextLimit of(ColumnType type) {
    String name = type.name();
    boolean padded =
        name.equals("character") || name.startsWith("character(") || name.equals("bpchar");
    int max = type.maxLength() >= 0 ? type.maxLength() : UNLIMITED;
    if (name.equals("name")) {
      max = NAME;
    } else if (name.equals("\"char\"")) {
      max = 1;
    }
    return new TextLimit(max, padded);
  }

  /** The end of the value without its padding. */
  int end(byte[] value, int from, int to) {
    int end = to;
    while (padded && end > from && value[end - 1] == ' ') {
      end--;
    }
    return end;
  }

  /** Cuts the bytes after {@code start} to the length that fits, without a trailing blank. */
  void cut(Bytes out, int start) {
    if (out.length() - start <= max) {
      return;
    }
    byte[] bytes = out.array();
    int end = Utf8.skip(bytes, start, out.length(), max);
    if (end == out.length()) {
      return;
    }
    while (end > start + 1 && bytes[end - 1] == ' ') {
      end--;
    }
    out.length(end);
  }

  boolean fits(String text) {
    return text.codePointCount(0, text.length()) <= max;
  }
}
