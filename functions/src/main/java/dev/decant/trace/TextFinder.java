package dev.decant.trace;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Looks for traced values in the values that leave, for one thread: the value as a whole, each of
 * its words, windows of up to five words, the part of each e-mail address before the @, the letters
 * and digits of short values without what separates them, and words that are base64 or hex of a
 * text. The filter answers first; what it lets pass is written to the candidates.
 */
public final class TextFinder {
  private static final int REMEMBERED = 1 << 12;
  private static final int PRINTABLE = 24;

  private final WordKey key;
  private final TraceFilter filter;
  private final SealedLongs.Writer candidates;
  private final Words words = new Words();

  /** Fingerprints of whole values without candidates, because many columns have few values. */
  private final long[] clean = new long[REMEMBERED];

  private @Nullable TextFinder nested;
  private long place;
  private long looked;
  private boolean found;

  TextFinder(WordKey key, TraceFilter filter, SealedLongs.Writer candidates) {
    this.key = key;
    this.filter = filter;
    this.candidates = candidates;
  }

  /**
   * Looks for traced values in a value.
   *
   * @param column the number of its column
   * @param row the number of its row
   * @param value an array with its UTF-8 in {@code [from, to)}
   */
  public void find(int column, long row, byte[] value, int from, int to) {
    place = place(column, row);
    found = false;
    int length = to - from;
    int slot = 0;
    long hash = 0;
    boolean remembers = length <= 256;
    if (remembers) {
      hash = hash(value, from, length) | 1;
      slot = (int) (hash >>> 40) & REMEMBERED - 1;
      if (clean[slot] == hash) {
        return;
      }
    }
    words.begin();
    words.read(value, from, to);
    words.end();
    if (remembers && !found) {
      clean[slot] = hash;
    }
  }

  /** The place of a value as one number: 20 bits of its column, and 43 bits of its row. */
  static long place(int column, long row) {
    return (long) column << 43 | row & (1L << 43) - 1;
  }

  static int column(long place) {
    return (int) (place >>> 43);
  }

  /** The number of words and windows that were looked up. */
  long looked() {
    return looked + (nested == null ? 0 : nested.looked());
  }

  void flush() {
    candidates.flush();
  }

  private long hash(byte[] value, int from, int length) {
    System.arraycopy(value, from, words.copy, 0, length);
    return key.hi(words.copy, length);
  }

  private void look(long lo, long hi) {
    looked++;
    if (filter.has(lo)) {
      found = true;
      candidates.append(lo, hi, place);
    }
  }

  /** Looks into the text that a word encodes. */
  private void decoded(byte[] text) {
    if (!isText(text)) {
      return;
    }
    if (nested == null) {
      nested = new TextFinder(key, filter, candidates);
    }
    nested.place = place;
    nested.found = false;
    nested.words.nested = true;
    nested.words.begin();
    nested.words.read(text, 0, text.length);
    nested.words.end();
    found |= nested.found;
  }

  private final class Words extends WordReader {
    private final byte[] copy = new byte[256];
    private final Letters compact = new Letters(ValueTracer.COMPACT);
    private final Letters single = new Letters(ValueTracer.COMPACT);
    private final long[] startLo = new long[Fingerprint.WINDOW];
    private final long[] startHi = new long[Fingerprint.WINDOW];

    /** The number of words of each window that began; 0 if none did. */
    private final int[] startWords = new int[Fingerprint.WINDOW];

    private boolean nested;
    private int windows;
    private int count;
    private long lo;
    private long hi;

    void begin() {
      count = 0;
      windows = 0;
      lo = key.beginLo();
      hi = key.beginHi();
      compact.clear();
      java.util.Arrays.fill(startWords, 0);
    }

    @Override
    void word(byte[] bytes, int length) {
      long wordLo = key.lo(bytes, length);
      long wordHi = key.hi(bytes, length);
      count++;
      lo = WordKey.thenLo(lo, wordLo);
      hi = WordKey.thenHi(hi, wordHi);
      if (windows > 0) {
        extend(wordLo, wordHi);
      }
      long oneLo = WordKey.thenLo(key.beginLo(), wordLo);
      long oneHi = WordKey.thenHi(key.beginHi(), wordHi);
      look(oneLo, oneHi);
      if (filter.has(Fingerprint.prefix(oneLo))) {
        start(oneLo, oneHi);
      }
      if (count <= ValueTracer.COMPACT) {
        compact.add(bytes, length);
      }
      inside(bytes, length);
    }

    private void extend(long wordLo, long wordHi) {
      for (int i = 0; i < startWords.length; i++) {
        if (startWords[i] > 0) {
          startLo[i] = WordKey.thenLo(startLo[i], wordLo);
          startHi[i] = WordKey.thenHi(startHi[i], wordHi);
          look(startLo[i], startHi[i]);
          if (++startWords[i] == Fingerprint.WINDOW) {
            startWords[i] = 0;
            windows--;
          }
        }
      }
    }

    private void start(long oneLo, long oneHi) {
      for (int i = 0; i < startWords.length; i++) {
        if (startWords[i] == 0) {
          startLo[i] = oneLo;
          startHi[i] = oneHi;
          startWords[i] = 1;
          windows++;
          return;
        }
      }
    }

    /** Looks for values inside a word. */
    private void inside(byte[] bytes, int length) {
      int local = Letters.localPart(bytes, length);
      if (local > 0) {
        one(bytes, local);
        address(bytes, local, length);
      }
      single.clear();
      if (length <= ValueTracer.COMPACT) {
        single.add(bytes, length);
        compacted(single);
      }
    }

    /** Looks for the address in {@code mailto:max@example.com}. */
    private void address(byte[] bytes, int at, int length) {
      int from = at;
      while (from > 0 && bytes[from - 1] != ':' && bytes[from - 1] != '/') {
        from--;
      }
      if (from > 0 && length - from <= copy.length) {
        System.arraycopy(bytes, from, copy, 0, length - from);
        one(copy, length - from);
        one(copy, at - from);
      }
    }

    private void compacted(Letters letters) {
      if (letters.isCompact()) {
        one(letters.bytes(), letters.length());
      }
    }

    /** Looks for one word. */
    private void one(byte[] bytes, int length) {
      look(
          WordKey.thenLo(key.beginLo(), key.lo(bytes, length)),
          WordKey.thenHi(key.beginHi(), key.hi(bytes, length)));
    }

    @Override
    void encoded(byte[] text, int from, int to, boolean hex) {
      if (!nested) {
        byte @Nullable [] plain = hex ? ofHex(text, from, to) : ofBase64(text, from, to);
        if (plain != null) {
          decoded(plain);
        }
      }
    }

    void end() {
      if (count > Fingerprint.WINDOW) {
        look(lo, hi);
      }
      if (count > 1) {
        compacted(compact);
      }
    }
  }

  /** Whether the first characters are those of a text. */
  private static boolean isText(byte[] text) {
    for (int i = 0; i < Math.min(text.length, PRINTABLE); i++) {
      if (text[i] >= 0 && text[i] < ' ' && text[i] != '\n' && text[i] != '\t' && text[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] ofHex(byte[] text, int from, int to) {
    int length = (to - from) / 2;
    byte[] plain = new byte[length];
    for (int i = 0; i < length; i++) {
      plain[i] =
          (byte)
              (Character.digit(text[from + 2 * i], 16) << 4
                  | Character.digit(text[from + 2 * i + 1], 16));
    }
    return plain;
  }

  private static byte @Nullable [] ofBase64(byte[] text, int from, int to) {
    int length = (to - from) / 4 * 4 + ((to - from) % 4 == 1 ? 0 : (to - from) % 4);
    byte[] part = java.util.Arrays.copyOfRange(text, from, from + length);
    for (int i = 0; i < length; i++) {
      part[i] = part[i] == '-' ? (byte) '+' : part[i] == '_' ? (byte) '/' : part[i];
    }
    try {
      if (length > 2 * PRINTABLE
          && !isText(Base64.getDecoder().decode(java.util.Arrays.copyOf(part, PRINTABLE)))) {
        return null;
      }
      return Base64.getDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
