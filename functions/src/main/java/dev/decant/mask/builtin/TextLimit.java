package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.value.Utf8;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ColumnType.Length;

/**
 * The length that fits a text column. {@code varchar(n)} and {@code char(n)} count characters, or
 * bytes in a database in SQL_ASCII. A {@code name} holds 63 bytes and a {@code "char"} one.
 * Trailing blanks of a {@code char(n)} are padding and not a part of the value.
 *
 * @param max the number of characters or bytes that fit
 * @param bytes whether the limit counts bytes
 */
record TextLimit(int max, boolean bytes, boolean padded) {
  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int NAME = 63;

  static TextLimit of(ColumnType type) {
    String name = type.name();
    boolean padded =
        name.equals("character") || name.startsWith("character(") || name.equals("bpchar");
    return switch (name) {
      case "name" -> new TextLimit(NAME, true, padded);
      case "\"char\"" -> new TextLimit(1, true, padded);
      default -> {
        int max = type.maxLength() >= 0 ? type.maxLength() : UNLIMITED;
        yield new TextLimit(max, type.length().bytes(), padded);
      }
    };
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
    byte[] text = out.array();
    int end = end(out, start);
    if (end == out.length()) {
      return;
    }
    while (end > start + 1 && text[end - 1] == ' ') {
      end--;
    }
    out.length(end);
  }

  /** The end of the last character after {@code start} that fits. */
  private int end(Bytes out, int start) {
    if (out.length() - start <= max) {
      return out.length();
    }
    return bytes
        ? Utf8.floor(out.array(), start, start + max)
        : Utf8.skip(out.array(), start, out.length(), max);
  }

  /** Whether the bytes after {@code start} fit. */
  boolean fits(Bytes out, int start) {
    return end(out, start) == out.length();
  }

  boolean fits(String text) {
    return length(text) <= max;
  }

  /** The length of a text in the unit of the limit. */
  int length(String text) {
    return new Length(max, bytes).of(text);
  }

  /**
   * Whether a text may be the beginning of a longer one that was cut. A blank at the end of a text
   * that was cut is left out. So is a character of which only some bytes fit.
   */
  boolean mayBeCut(byte[] value, int from, int to) {
    int least = bytes ? max - Utf8.LONGEST : max - 1;
    return to - from >= least && (bytes || Utf8.count(value, from, to) >= least);
  }

  /** The unit of the limit as messages name it. */
  String unit() {
    return bytes ? "bytes" : "characters";
  }
}
