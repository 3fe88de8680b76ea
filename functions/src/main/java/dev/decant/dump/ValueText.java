package dev.decant.dump;

import dev.decant.copy.Bytes;

/** The text of elements of arrays and fields of records, as array_out and record_out write them. */
final class ValueText {
  private ValueText() {}

  /** Appends an element or a field, in quotes if its text needs them. */
  static void append(Bytes value, InsertValue.Kind kind, boolean inArray, Bytes out) {
    if (kind == InsertValue.Kind.NULL) {
      out.append(inArray ? "NULL" : "");
    } else if (inArray && kind == InsertValue.Kind.ARRAY) {
      out.append(value.array(), 0, value.length());
    } else if (needsQuotes(value, inArray)) {
      quote(value, inArray, out);
    } else {
      out.append(value.array(), 0, value.length());
    }
  }

  private static boolean needsQuotes(Bytes value, boolean inArray) {
    byte[] bytes = value.array();
    int length = value.length();
    if (length == 0 || (inArray && SqlLexer.equalsIgnoreCase(bytes, 0, length, "null"))) {
      return true;
    }
    for (int i = 0; i < length; i++) {
      byte c = bytes[i];
      boolean special =
          switch (c) {
            case '"', '\\', ',', ' ', '\t', '\n', '\r', '\f', 0x0b -> true;
            case '{', '}' -> inArray;
            case '(', ')' -> !inArray;
            default -> false;
          };
      if (special) {
        return true;
      }
    }
    return false;
  }

  /** In an array, a backslash precedes a quote or backslash; in a record, it is doubled. */
  private static void quote(Bytes value, boolean inArray, Bytes out) {
    out.append((byte) '"');
    for (int i = 0; i < value.length(); i++) {
      byte c = value.array()[i];
      if (c == '"' || c == '\\') {
        out.append(inArray ? (byte) '\\' : c);
      }
      out.append(c);
    }
    out.append((byte) '"');
  }
}
