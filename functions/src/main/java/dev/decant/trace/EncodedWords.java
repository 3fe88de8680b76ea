package dev.decant.trace;

import dev.decant.mask.value.Utf8;
import java.util.Arrays;

/**
 * Decodes words that are hex or base64 of something. The parts of a JSON web token and of a signed
 * cookie are words of their own. One thread uses an instance.
 */
final class EncodedWords {
  /** Shorter words are not decoded. */
  private static final int LEAST = 12;

  /** The first bytes decide whether something is a text. */
  private static final int HEAD = 24;

  private static final byte HEX = 1;
  private static final byte LOWER = 2;
  private static final byte UPPER = 4;

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
      }
      begin = i + 1;
      all = -1;
      any = 0;
    }
  }

  private void word(byte[] text, int from, int to, int all, int any, Receiver receiver) {
    int length;
    if (text[from] == '0' && (text[from + 1] | 0x20) == 'x') {
      decode(text, from + 2, to, receiver);
      return;
    }
    if ((all & HEX) != 0 && ((to - from) & 1) == 0) {
      length = hex(text, from, to);
    } else if ((any & (LOWER | UPPER)) == (LOWER | UPPER)) {
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
