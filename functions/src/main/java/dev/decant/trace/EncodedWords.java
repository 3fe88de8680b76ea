package dev.decant.trace;

import dev.decant.mask.value.Utf8;
import java.util.Arrays;

/**
 * Decodes words that are hex or base64 of something. The parts of a JSON web token and of a signed
 * cookie are words of their own. The characters {@code + / - _} of base64 may also separate what is
 * encoded from a path or a name before it, as in {@code /reset/bWF4…}, so the parts between them
 * are decoded, too. One thread uses an instance.
 */
final class EncodedWords {
  /** Shorter words are not decoded. */
  private static final int LEAST = 12;

  /** Shorter parts of a word are not decoded, so that those of a UUID are not. */
  private static final int LEAST_PART = 16;

  /** The parts of longer words are not decoded. Such words are files and not parts of a path. */
  private static final int LONGEST_DIVIDED = 1 << 10;

  /** The first bytes decide whether something is a text. */
  private static final int HEAD = 24;

  private static final byte HEX = 1;
  private static final byte LOWER = 2;
  private static final byte UPPER = 4;
  private static final byte MARK = 8;
  private static final byte BOTH_CASES = LOWER | UPPER;

  /** The value of each character of base64, of either alphabet; -1 for others. */
  private static final byte[] VALUES = new byte[256];

  /** What each character of base64 says about a word. */
  private static final byte[] TRAITS = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      char c = alphabet.charAt(i);
      VALUES[c] = (byte) i;
      TRAITS[c] =
          (byte)
              ((Character.digit(c, 16) >= 0 ? HEX : 0)
                  | (c >= 'a' && c <= 'z' ? LOWER : 0)
                  | (c >= 'A' && c <= 'Z' ? UPPER : 0));
    }
    VALUES['-'] = VALUES['+'];
    VALUES['_'] = VALUES['/'];
    for (char mark : new char[] {'+', '-', '/', '_'}) {
      TRAITS[mark] = MARK;
    }
  }

  /** Gets what a word encodes. */
  interface Receiver {
    /**
     * Gets the content of one word.
     *
     * @param isText whether the first bytes are those of a text
     */
    void decoded(byte[] plain, int length, boolean isText);
  }

  private byte[] plain = new byte[256];

  /** Passes on what the words in {@code [from, to)} encode. */
  void decode(byte[] text, int from, int to, Receiver receiver) {
    int begin = from;
    int all = -1;
    int any = 0;
    for (int i = begin; i <= to; i++) {
      if (i < to && VALUES[text[i] & 0xff] >= 0) {
        byte traits = TRAITS[text[i] & 0xff];
        all &= traits;
        any |= traits;
        continue;
      }
      if (i - begin >= LEAST) {
        word(text, begin, i, all, any, receiver);
        if ((any & MARK) != 0 && i - begin <= LONGEST_DIVIDED) {
          parts(text, begin, i, (any & BOTH_CASES) == BOTH_CASES, receiver);
        }
      }
      begin = i + 1;
      all = -1;
      any = 0;
    }
  }

  /**
   * Decodes the parts of a word between its marks. A mark may also be a part of base64, of which
   * four characters are three bytes. So the end of the word after a mark is decoded, too, once for
   * each remainder of the position by four.
   */
  private void parts(byte[] text, int from, int to, boolean ends, Receiver receiver) {
    int begin = from;
    int remainders = ends ? 0 : -1;
    for (int i = from; i <= to; i++) {
      if (i < to && TRAITS[text[i] & 0xff] != MARK) {
        continue;
      }
      part(text, begin, i, receiver);
      begin = i + 1;
      int remainder = 1 << (begin & 3);
      if (i < to && (remainders & remainder) == 0) {
        remainders |= remainder;
        part(text, begin, to, receiver);
      }
    }
  }

  private void part(byte[] text, int from, int to, Receiver receiver) {
    if (to - from < LEAST_PART) {
      return;
    }
    int all = -1;
    int any = 0;
    for (int i = from; i < to; i++) {
      byte traits = TRAITS[text[i] & 0xff];
      all &= traits;
      any |= traits;
    }
    word(text, from, to, all, any, receiver);
  }

  private void word(byte[] text, int from, int to, int all, int any, Receiver receiver) {
    int length;
    if (text[from] == '0' && (text[from + 1] | 0x20) == 'x') {
      decode(text, from + 2, to, receiver);
      return;
    }
    if ((all & HEX) != 0 && ((to - from) & 1) == 0) {
      length = hex(text, from, to);
    } else if ((any & BOTH_CASES) == BOTH_CASES) {
      length = base64(text, from, to);
    } else {
      return;
    }
    receiver.decoded(plain, length, isText(length));
  }

  private int hex(byte[] text, int from, int to) {
    int length = (to - from) / 2;
    reserve(length);
    for (int i = 0; i < length; i++) {
      plain[i] = (byte) (digit(text[from + 2 * i]) << 4 | digit(text[from + 2 * i + 1]));
    }
    return length;
  }

  private static int digit(byte c) {
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
  }

  private int base64(byte[] text, int from, int to) {
    reserve((to - from) / 4 * 3 + 3);
    int length = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      bits = bits << 6 | VALUES[text[i] & 0xff];
      int phase = (i - from) & 3;
      if (phase > 0) {
        plain[length++] = (byte) (bits >>> (6 - 2 * phase));
      }
    }
    return length;
  }

  private void reserve(int length) {
    if (plain.length < length) {
      plain = new byte[length];
    }
  }

  /** Whether the first bytes are UTF-8 without control characters. */
  private boolean isText(int length) {
    int head = Math.min(length, HEAD);
    int i = 0;
    while (i < head) {
      byte c = plain[i];
      int decoded = Utf8.decode(plain, i, length);
      if ((c < ' ' && c != '\n' && c != '\t' && c != '\r' && c >= 0)
          || (c < 0 && Utf8.codePoint(decoded) == 0)) {
        return false;
      }
      i += Utf8.length(decoded);
    }
    return true;
  }
}
