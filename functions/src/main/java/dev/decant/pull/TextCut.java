package dev.decant.pull;

import dev.decant.copy.Bytes;
import java.util.Arrays;
import java.util.List;

/** Removes statements from the text of a dump. */
final class TextCut {
  private TextCut() {}

  /** The text without these statements. Each is removed where it first occurs. */
  static byte[] without(Bytes text, List<byte[]> statements) {
    byte[] rest = Arrays.copyOf(text.array(), text.length());
    for (byte[] statement : statements) {
      int at = indexOf(rest, statement);
      if (at >= 0) {
        byte[] shorter = new byte[rest.length - statement.length];
        System.arraycopy(rest, 0, shorter, 0, at);
        System.arraycopy(rest, at + statement.length, shorter, at, shorter.length - at);
        rest = shorter;
      }
    }
    return rest;
  }

  /**
   * The position of a statement, which starts at the beginning of a line; -1 if it does not occur.
   */
  private static int indexOf(byte[] text, byte[] statement) {
    for (int at = 0; at + statement.length <= text.length; at++) {
      if ((at == 0 || text[at - 1] == '\n')
          && Arrays.equals(text, at, at + statement.length, statement, 0, statement.length)) {
        return at;
      }
    }
    return -1;
  }
}
