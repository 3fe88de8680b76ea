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
  private final Words words;

  ValueTracer(WordKey key, FingerprintWriter prints, int minLength) {
    this.key = key;
    this.prints = prints;
    this.minLength = minLength;
    this.words = new Words();
  }

  /**
   * Traces a raw value.
   *
   * @param source the number of its column
   * @param value an array with its UTF-8 in {@code [from, to)}
   * @return whether it is long enough to be traced
   */
  public boolean add(Tracing tracing, int source, byte[] value, int from, int to) {
    prints.begin(source, tracing == Tracing.LONG_TEXTS);
    words.begin(to - from, tracing);
    words.read(value, from, to);
    return words.traced;
  }

  FingerprintWriter prints() {
    return prints;
  }

  /** The low lane of a text's fingerprint, for values that are ignored. */
  long lane(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    words.begin(value.length, Tracing.NONE);
    words.read(value, 0, value.length);
    return words.sequence.lo();
  }

  private final class Words extends WordReader {
    private final Letters compact = new Letters(COMPACT);
    private final Sequence sequence = new Sequence(key);
    private Tracing tracing = Tracing.NONE;
    private boolean isShort;
    private boolean traced;

    /** The number of characters of all words, with blanks between them. */
    private int characters;

    /** Whether all words are small numbers. */
    private boolean smallNumbers;

    /** What any of the words contains. */
    private int has;

    private int bits;

    Words() {
      super(false);
    }

    void begin(int valueLength, Tracing which) {
      tracing = which;
      isShort = valueLength <= COMPACT;
      traced = false;
      characters = 0;
      smallNumbers = true;
      has = 0;
      bits = 0;
      sequence.begin();
    }

    @Override
    void words(boolean last) {
      sequence.add(this);
      for (int i = again(); i < count(); i++) {
        int contents = contents(i);
        characters += length(i) + 1;
        smallNumbers &= contents == DIGITS;
        has |= contents;
        if (bits < Letters.STRONG) {
          bits += Letters.bits(bytes(), start(i), length(i));
        }
      }
      if (last && isTraced()) {
        traced = true;
        emit();
      }
    }

    private boolean isTraced() {
      int least = tracing == Tracing.LONG_TEXTS ? Math.max(LONG_TEXT, minLength) : minLength;
      return switch (tracing) {
        case NONE -> false;
        case TWO_WORDS -> sequence.count() > 1 && characters > least;
        case EVERY, LONG_TEXTS ->
            characters > least && !(smallNumbers && digits() < Letters.NUMBER);
      };
    }

    /** The number of digits, if all words are numbers. */
    private int digits() {
      return characters - sequence.count();
    }

    /** Traces the value, whose words are in one batch if it is short. */
    private void emit() {
      prints.emit(
          sequence.lo(), sequence.hi(), sequence.first(), sequence.count(), bits >= Letters.STRONG);
      for (int i = again(); i < count(); i++) {
        if ((contents(i) & AT_SIGN) != 0) {
          localPart(start(i), length(i));
        }
      }
      if (isShort
          && (has & DIGITS) != 0
          && compact.read(bytes(), 0, wordsEnd())
          && compact.length() >= Letters.NUMBER) {
        single(compact.bytes(), 0, compact.length());
      }
    }

    private void localPart(int from, int length) {
      int local = Letters.localPart(bytes(), from, length);
      if (local >= minLength
          && !Letters.isSmallNumber(bytes(), from, local)
          && !RoleNames.has(bytes(), from, local)) {
        single(bytes(), from, local);
      }
    }

    /** Traces a word as a value of its own. */
    private void single(byte[] word, int from, int length) {
      long lo = key.oneLo(key.lo(word, from, length));
      long hi = key.oneHi(key.hi(word, from, length));
      prints.emit(lo, hi, lo, 1, Letters.bits(word, from, length) >= Letters.STRONG);
    }
  }
}
