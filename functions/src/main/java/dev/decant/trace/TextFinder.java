package dev.decant.trace;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Looks for traced values in the values that leave, for one thread: the value as a whole, each of
 * its words, windows of up to five words, the part of each e-mail address before the @, the letters
 * and digits of short values without what separates them, and words that are base64 or hex of a
 * text.
 *
 * <p>A first pass asks the filter for the low lanes only. If it lets one pass, a second pass writes
 * the fingerprints that it lets pass to the candidates.
 */
public final class TextFinder {
  private static final int REMEMBERED = 1 << 13;
  private static final int REMEMBERED_LENGTH = 512;
  private static final int PRINTABLE = 24;

  private final WordKey key;
  private final TraceFilter filter;
  private final SealedLongs.Writer candidates;
  private final Lows lows = new Lows();
  private final Pairs pairs = new Pairs();

  /** Fingerprints of whole values without candidates, because many columns have few values. */
  private final long[] clean = new long[REMEMBERED];

  private long place;
  private long looked;

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
    int length = to - from;
    if (length <= REMEMBERED_LENGTH) {
      long hash = key.hi(value, from, length) | 1;
      int slot = (int) (hash >>> 40) & (REMEMBERED - 1);
      if (clean[slot] != hash) {
        if (lows.look(value, from, to)) {
          pairs.look(value, from, to);
        } else {
          clean[slot] = hash;
        }
      }
    } else if (lows.look(value, from, to)) {
      pairs.look(value, from, to);
    }
  }

  /** The place of a value as one number: 20 bits of its column, and 43 bits of its row. */
  static long place(int column, long row) {
    return ((long) column << 43) | (row & ((1L << 43) - 1));
  }

  static int column(long place) {
    return (int) (place >>> 43);
  }

  /** The number of words and windows that were looked up. */
  long looked() {
    return looked;
  }

  void flush() {
    candidates.flush();
  }

  private void candidate(long lo, long hi) {
    if (filter.has(lo)) {
      candidates.append(lo, hi, place);
    }
  }

  /** The words of a value, and the windows that begin with the first word of a traced value. */
  private abstract static class Looking extends WordReader {
    private final Letters compact = new Letters(ValueTracer.COMPACT);
    private final Letters single = new Letters(ValueTracer.COMPACT);
    private final byte[] part = new byte[ValueTracer.COMPACT];
    private @Nullable Looking nested;
    private boolean inside;

    /** Whether the value is short, so that its letters and digits are looked up. */
    private boolean isShort;

    private int count;

    /** What any of the words contains. */
    private int contents;

    /** Another one, which looks at the text that a word encodes. */
    abstract Looking another();

    abstract void begin();

    abstract void next(byte[] bytes, int from, int length);

    abstract void one(byte[] bytes, int from, int length);

    abstract void whole();

    void start(byte[] value, int from, int to, boolean isInside) {
      inside = isInside;
      count = 0;
      isShort = to - from <= 2 * ValueTracer.COMPACT;
      contents = 0;
      begin();
      read(value, from, to);
      if (count > Fingerprint.WINDOW) {
        whole();
      }
      if (count > 1
          && isShort
          && (contents & DIGITS) != 0
          && compact.read(words(), wordsLength())) {
        one(compact.bytes(), 0, compact.length());
      }
    }

    @Override
    void word(byte[] bytes, int from, int length, int has) {
      count++;
      next(bytes, from, length);
      contents |= has;
      if ((has & AT_SIGN) != 0) {
        address(bytes, from, length);
      }
      if ((has & (INNER_MARKS | DIGITS)) == (INNER_MARKS | DIGITS)
          && length <= ValueTracer.COMPACT) {
        System.arraycopy(bytes, from, part, 0, length);
        if (single.read(part, length)) {
          one(single.bytes(), 0, single.length());
        }
      }
    }

    /** Looks for the part before the @, and for the address in {@code mailto:max@example.com}. */
    private void address(byte[] bytes, int from, int length) {
      int local = Letters.localPart(bytes, from, length);
      if (local == 0) {
        return;
      }
      one(bytes, from, local);
      int at = from + local;
      int begin = at;
      while (begin > from && bytes[begin - 1] != ':' && bytes[begin - 1] != '/') {
        begin--;
      }
      if (begin > from) {
        one(bytes, begin, from + length - begin);
        one(bytes, begin, at - begin);
      }
    }

    @Override
    void encoded(byte[] text, int from, int to, boolean hex) {
      byte @Nullable [] plain =
          inside ? null : hex ? ofHex(text, from, to) : ofBase64(text, from, to);
      if (plain != null && isText(plain)) {
        Looking other = nested == null ? another() : nested;
        nested = other;
        other.start(plain, 0, plain.length, true);
        ended(other);
      }
    }

    void ended(Looking other) {}
  }

  /** The first pass. */
  private final class Lows extends Looking {
    private final long[] starts = new long[Fingerprint.WINDOW];

    /** The number of words of each window that began; 0 if none did. */
    private final int[] counts = new int[Fingerprint.WINDOW];

    private int windows;
    private boolean found;

    boolean look(byte[] value, int from, int to) {
      start(value, from, to, false);
      return found;
    }

    @Override
    Looking another() {
      return new Lows();
    }

    @Override
    void ended(Looking other) {
      found |= ((Lows) other).found;
    }

    @Override
    void begin() {
      found = false;
      if (windows > 0) {
        windows = 0;
        Arrays.fill(counts, 0);
      }
    }

    @Override
    void next(byte[] bytes, int from, int length) {
      long word = key.lo(bytes, from, length);
      if (windows > 0) {
        extend(word);
      }
      long one = WordKey.thenLo(key.beginLo(), word);
      looked++;
      found |= filter.has(one);
      if (filter.has(Fingerprint.prefix(one))) {
        add(one);
      }
    }

    private void extend(long word) {
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          starts[i] = WordKey.thenLo(starts[i], word);
          looked++;
          found |= filter.has(starts[i]);
          if (++counts[i] == Fingerprint.WINDOW) {
            counts[i] = 0;
            windows--;
          }
        }
      }
    }

    private void add(long one) {
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 0) {
          starts[i] = one;
          counts[i] = 1;
          windows++;
          return;
        }
      }
    }

    @Override
    void one(byte[] bytes, int from, int length) {
      looked++;
      found |= filter.has(WordKey.thenLo(key.beginLo(), key.lo(bytes, from, length)));
    }

    @Override
    void whole() {
      looked++;
      found |= filter.has(key.lo(words(), 0, wordsLength()));
    }
  }

  /** The second pass, which looks at all windows and keeps both lanes. */
  private final class Pairs extends Looking {
    private final long[] wordsLo = new long[Fingerprint.WINDOW];
    private final long[] wordsHi = new long[Fingerprint.WINDOW];
    private int seen;

    void look(byte[] value, int from, int to) {
      start(value, from, to, false);
    }

    @Override
    Looking another() {
      return new Pairs();
    }

    @Override
    void begin() {
      seen = 0;
    }

    @Override
    void next(byte[] bytes, int from, int length) {
      int slot = seen++ % Fingerprint.WINDOW;
      wordsLo[slot] = key.lo(bytes, from, length);
      wordsHi[slot] = key.hi(bytes, from, length);
      for (int first = Math.max(0, seen - Fingerprint.WINDOW); first < seen; first++) {
        long windowLo = key.beginLo();
        long windowHi = key.beginHi();
        for (int i = first; i < seen; i++) {
          windowLo = WordKey.thenLo(windowLo, wordsLo[i % Fingerprint.WINDOW]);
          windowHi = WordKey.thenHi(windowHi, wordsHi[i % Fingerprint.WINDOW]);
        }
        candidate(windowLo, windowHi);
      }
    }

    @Override
    void one(byte[] bytes, int from, int length) {
      candidate(
          WordKey.thenLo(key.beginLo(), key.lo(bytes, from, length)),
          WordKey.thenHi(key.beginHi(), key.hi(bytes, from, length)));
    }

    @Override
    void whole() {
      candidate(key.lo(words(), 0, wordsLength()), key.hi(words(), 0, wordsLength()));
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

  private static byte[] ofHex(byte[] text, int from, int to) {
    byte[] plain = new byte[(to - from) / 2];
    for (int i = 0; i < plain.length; i++) {
      plain[i] =
          (byte)
              (Character.digit(text[from + 2 * i], 16) << 4
                  | Character.digit(text[from + 2 * i + 1], 16));
      if (i == PRINTABLE && !isText(plain)) {
        return Arrays.copyOf(plain, PRINTABLE);
      }
    }
    return plain;
  }

  private static byte @Nullable [] ofBase64(byte[] text, int from, int to) {
    int length = (to - from) / 4 * 4 + ((to - from) % 4 == 1 ? 0 : (to - from) % 4);
    byte[] part = Arrays.copyOfRange(text, from, from + length);
    for (int i = 0; i < length; i++) {
      part[i] = part[i] == '-' ? (byte) '+' : part[i] == '_' ? (byte) '/' : part[i];
    }
    try {
      if (length > 2 * PRINTABLE
          && !isText(Base64.getDecoder().decode(Arrays.copyOf(part, PRINTABLE)))) {
        return null;
      }
      return Base64.getDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
