package dev.decant.trace;

import dev.decant.mask.Tracing;
import java.nio.charset.StandardCharsets;

/**
 * Takes the fingerprints of raw values for one thread. A value is traced as a whole, so the number
 * and order of its words count and the characters between them do not. Of an e-mail address the
 * part before the @ is traced, too, and values with digits, such as phone numbers, also without
 * what separates their letters and digits.
 */
public final class ValueTracer {
  private static final int LONG_TEXT = 12;

  /** The longest value whose letters and digits are also traced without what separates them. */
  static final int COMPACT = 48;

  private final WordKey key;
  private final FingerprintWriter prints;
  private final int minLength;
  private final WordReader words = new WordReader();
  private final Letters compact = new Letters(COMPACT);
  private final Sequence sequence;

  /** The number of bytes of all words, with blanks between them. */
  private int length;

  /** Whether all words are small numbers. */
  private boolean smallNumbers;

  /** What any of the words contains. */
  private int has;

  /** The tenths of a bit of all words, as far as they count. */
  private int bits;

  ValueTracer(WordKey key, FingerprintWriter prints, int minLength) {
    this.key = key;
    this.prints = prints;
    this.minLength = minLength;
    this.sequence = new Sequence(key);
  }

  /**
   * Traces a raw value.
   *
   * @param source the number of its column
   * @param value an array with its UTF-8 in {@code [from, to)}
   * @return whether it is long enough to be traced
   */
  public boolean add(Tracing tracing, int source, byte[] value, int from, int to) {
    boolean traced = added(tracing, source, value, from, to);
    words.release();
    return traced;
  }

  private boolean added(Tracing tracing, int source, byte[] value, int from, int to) {
    read(value, from, to);
    if (!isTraced(tracing)) {
      return false;
    }
    prints.begin(source, tracing == Tracing.LONG_TEXTS);
    prints.emit(
        sequence.lo(),
        sequence.hi(),
        sequence.beginning(),
        sequence.count(),
        bits >= Letters.STRONG);
    parts(to - from);
    return true;
  }

  FingerprintWriter prints() {
    return prints;
  }

  /** The low lane of a text's fingerprint, for values that are ignored. */
  long lane(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    read(value, 0, value.length);
    return sequence.lo();
  }

  private void read(byte[] value, int from, int to) {
    sequence.begin();
    length = 0;
    smallNumbers = true;
    has = 0;
    bits = 0;
    words.begin(value, from, to);
    do {
      words.next();
      sequence.add(words);
      for (int i = words.again(); i < words.count(); i++) {
        int contents = words.contents(i);
        length += words.length(i) + 1;
        smallNumbers &= contents == WordReader.DIGITS;
        has |= contents;
        if (bits < Letters.STRONG) {
          bits += Letters.bits(words.bytes(), words.start(i), words.length(i));
        }
      }
    } while (!words.isLast());
  }

  private boolean isTraced(Tracing tracing) {
    int least = tracing == Tracing.LONG_TEXTS ? Math.max(LONG_TEXT, minLength) : minLength;
    return switch (tracing) {
      case NONE -> false;
      case TWO_WORDS -> sequence.count() > 1 && length > least;
      case EVERY, LONG_TEXTS -> length > least && !(smallNumbers && digits() < Letters.NUMBER);
    };
  }

  /** The number of digits, if all words are numbers. */
  private int digits() {
    return length - sequence.count();
  }

  /** Traces parts of the value. The words of a short value are in one batch. */
  private void parts(int valueLength) {
    if ((has & WordReader.AT_SIGN) != 0) {
      for (int i = words.again(); i < words.count(); i++) {
        if ((words.contents(i) & WordReader.AT_SIGN) != 0) {
          localPart(words.start(i), words.length(i));
        }
      }
    } else if (valueLength <= COMPACT
        && (has & WordReader.DIGITS) != 0
        && compact.read(words.bytes(), 0, words.end())
        && compact.length() >= Letters.NUMBER) {
      single(compact.bytes(), 0, compact.length());
    }
  }

  private void localPart(int from, int wordLength) {
    byte[] bytes = words.bytes();
    int local = Letters.localPart(bytes, from, wordLength);
    if (local >= minLength
        && !Letters.isSmallNumber(bytes, from, local)
        && !RoleNames.has(bytes, from, local)) {
      single(bytes, from, local);
    }
  }

  /** Traces a word as a value of its own. */
  private void single(byte[] word, int from, int wordLength) {
    long lo = key.oneLo(key.lo(word, from, wordLength));
    long hi = key.oneHi(key.hi(word, from, wordLength));
    prints.emit(lo, hi, lo, 1, Letters.bits(word, from, wordLength) >= Letters.STRONG);
  }
}
