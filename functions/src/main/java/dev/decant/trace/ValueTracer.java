package dev.decant.trace;

import dev.decant.mask.Tracing;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes the fingerprints of raw values for one thread. A value is traced as a whole, so the number
 * and order of its words count and the characters between them do not. Of an e-mail address the
 * part before the @ is traced, too, and values of digits and blanks also without their blanks.
 */
public final class ValueTracer {
  private static final int LONG_TEXT = 12;
  private static final int RECENT = 1 << 12;

  /** The longest value whose letters and digits are also traced without what separates them. */
  static final int COMPACT = 48;

  /** Parts before the @ that are no person (RFC 2142 and others in wide use). */
  private static final Set<String> ROLES =
      Set.of(
          "abuse",
          "account",
          "accounts",
          "admin",
          "administrator",
          "billing",
          "booking",
          "career",
          "careers",
          "contact",
          "customer",
          "customers",
          "default",
          "donotreply",
          "download",
          "enquiries",
          "example",
          "feedback",
          "finance",
          "hostmaster",
          "info",
          "inquiries",
          "invoice",
          "kontakt",
          "mailer",
          "marketing",
          "newsletter",
          "noreply",
          "no-reply",
          "notifications",
          "office",
          "orders",
          "payment",
          "payments",
          "postmaster",
          "privacy",
          "reception",
          "reply",
          "sales",
          "security",
          "server",
          "service",
          "services",
          "student",
          "subscribe",
          "support",
          "system",
          "testing",
          "unknown",
          "unsubscribe",
          "username",
          "webmaster",
          "website");

  private final WordKey key;
  private final SealedLongs.Writer writer;
  private final int minLength;
  private final Set<Long> ignored;
  private final Words words = new Words();
  private long added;

  /** The fingerprints that were emitted last, and how often, because many values are repeated. */
  private final long[] recent = new long[RECENT];

  private final byte[] times = new byte[RECENT];

  ValueTracer(WordKey key, SealedLongs.Writer writer, int minLength, Set<Long> ignored) {
    this.key = key;
    this.writer = writer;
    this.minLength = minLength;
    this.ignored = ignored;
  }

  /**
   * Traces a raw value.
   *
   * @param source the number of its column
   * @param value an array with its UTF-8 in {@code [from, to)}
   * @return whether it is long enough to be traced
   */
  public boolean add(Tracing tracing, int source, byte[] value, int from, int to) {
    words.begin(source, tracing == Tracing.LONG_TEXTS, to - from);
    words.read(value, from, to);
    if (words.count == 0 || (tracing == Tracing.TWO_WORDS && words.count < 2)) {
      return false;
    }
    int least = tracing == Tracing.LONG_TEXTS ? Math.max(LONG_TEXT, minLength) : minLength;
    if (words.wordsLength() < least || (words.smallNumbers && words.digits < Letters.NUMBER)) {
      return false;
    }
    words.emitAll();
    return true;
  }

  /** The number of fingerprints. */
  long added() {
    return added;
  }

  void flush() {
    writer.flush();
  }

  /** The low lane of a text's fingerprint, for values that are ignored. */
  long lane(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    words.begin(0, false, value.length);
    words.read(value, 0, value.length);
    return words.count > Fingerprint.WINDOW
        ? key.lo(words.words(), 0, words.wordsLength())
        : words.lo;
  }

  private void emit(long lo, long hi, long firstLo, int count, int bits) {
    if (isNew(lo ^ words.source) && (ignored.isEmpty() || !ignored.contains(lo))) {
      writer.append(
          lo,
          hi,
          Fingerprint.facts(firstLo, count, bits >= Letters.STRONG, words.common, words.source));
      added++;
    }
  }

  /** Whether a fingerprint is not one that was emitted often enough a moment ago. */
  private boolean isNew(long lo) {
    int slot = (int) (lo >>> 48) & (RECENT - 1);
    if (recent[slot] != lo) {
      recent[slot] = lo;
      times[slot] = 0;
    }
    if (times[slot] == (words.common ? LeakSearch.COMMON : 1)) {
      return false;
    }
    times[slot]++;
    return true;
  }

  private final class Words extends WordReader {
    private final Letters compact = new Letters(COMPACT);
    private int source;
    private boolean common;
    private boolean isShort;
    private int count;
    private long lo;
    private long hi;
    private long firstLo;

    /** Whether all words are small numbers, and how many digits they have. */
    private boolean smallNumbers;

    private int digits;
    private int bits;

    /** What any of the words contains. */
    private int contents;

    void begin(int of, boolean mayBeCommon, int length) {
      source = of;
      common = mayBeCommon;
      isShort = length <= COMPACT;
      bits = 0;
      contents = 0;
      count = 0;
      digits = 0;
      smallNumbers = true;
      lo = key.beginLo();
      hi = key.beginHi();
    }

    @Override
    void word(byte[] bytes, int from, int length, int has) {
      if (count < Fingerprint.WINDOW) {
        lo = WordKey.thenLo(lo, key.lo(bytes, from, length));
        hi = WordKey.thenHi(hi, key.hi(bytes, from, length));
        if (count == 0) {
          firstLo = lo;
        }
      }
      count++;
      smallNumbers &= has == DIGITS && length < Letters.NUMBER;
      digits += length;
      contents |= has;
      bits +=
          (has & INNER_MARKS) != 0
              ? Letters.bits(bytes, from, length)
              : ((has & DIGITS) != 0 ? 33 : 47) * length;
      if ((has & AT_SIGN) != 0) {
        localPart(bytes, from, length);
      }
    }

    void emitAll() {
      if (count > Fingerprint.WINDOW) {
        emit(
            key.lo(words(), 0, wordsLength()),
            key.hi(words(), 0, wordsLength()),
            0,
            Fingerprint.WHOLE,
            bits);
      } else {
        emit(lo, hi, firstLo, count, bits);
      }
      if (isShort
          && (contents & DIGITS) != 0
          && (count > 1 || (contents & INNER_MARKS) != 0)
          && compact.read(words(), wordsLength())
          && compact.length() >= Letters.NUMBER) {
        single(compact.bytes(), 0, compact.length());
      }
    }

    private void localPart(byte[] bytes, int from, int length) {
      int local = Letters.localPart(bytes, from, length);
      if (local >= minLength
          && !Letters.isSmallNumber(bytes, from, local)
          && (!Letters.onlyLetters(bytes, from, local)
              || !ROLES.contains(new String(bytes, from, local, StandardCharsets.UTF_8)))) {
        single(bytes, from, local);
      }
    }

    /** Traces a word as a value of its own. */
    private void single(byte[] bytes, int from, int length) {
      long oneLo = WordKey.thenLo(key.beginLo(), key.lo(bytes, from, length));
      long oneHi = WordKey.thenHi(key.beginHi(), key.hi(bytes, from, length));
      emit(oneLo, oneHi, oneLo, 1, Letters.bits(bytes, from, length));
    }
  }
}
