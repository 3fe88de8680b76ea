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
  private static final int RECENT = 1 << 14;

  /** Longer values are traced as they are, byte by byte, because reading their words is slow. */
  static final int LONGEST = 512;

  /** The longest value whose letters and digits are also traced without what separates them. */
  static final int COMPACT = 48;

  /** Shorter letters and digits come about by chance, for example as the id of a row. */
  private static final int COMPACT_LEAST = 10;

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
    words.begin(source, tracing == Tracing.LONG_TEXTS);
    if (to - from > LONGEST) {
      words.whole(value, from, to);
      return true;
    }
    words.read(value, from, to);
    if (words.count == 0 || tracing == Tracing.TWO_WORDS && words.count < 2) {
      return false;
    }
    int least = tracing == Tracing.LONG_TEXTS ? Math.max(LONG_TEXT, minLength) : minLength;
    if (words.characters < least || words.smallNumbers && words.digits < 10) {
      return false;
    }
    emit(words.lo, words.hi, words.firstLo, words.count, words.bits);
    if (words.isCompactable() && words.compactLength >= COMPACT_LEAST) {
      words.emitCompact();
    }
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
    words.begin(0, false);
    words.read(value, 0, value.length);
    return words.lo;
  }

  private void emit(long lo, long hi, long firstLo, int count, int bits) {
    if (isNew(lo ^ words.source) && !ignored.contains(lo)) {
      writer.append(
          lo,
          hi,
          Fingerprint.facts(firstLo, count, bits >= Letters.STRONG, words.common, words.source));
      added++;
    }
  }

  /** Whether a fingerprint is not one that was often emitted a moment ago. */
  private boolean isNew(long lo) {
    int slot = (int) (lo >>> 48) & RECENT - 1;
    if (recent[slot] != lo) {
      recent[slot] = lo;
      times[slot] = 0;
    }
    return times[slot]++ < (words.common ? LeakSearch.COMMON : 1) || --times[slot] < 0;
  }

  private final class Words extends WordReader {
    private final Letters compact = new Letters(COMPACT);
    private int source;
    private boolean common;
    private int count;
    private long lo;
    private long hi;
    private long firstLo;
    private int characters;
    private int bits;

    /** Whether all words are small numbers, and how many digits they have. */
    private boolean smallNumbers;

    private int digits;
    private int compactLength;

    void begin(int of, boolean mayBeCommon) {
      source = of;
      common = mayBeCommon;
      count = 0;
      characters = 0;
      bits = 0;
      digits = 0;
      smallNumbers = true;
      lo = key.beginLo();
      hi = key.beginHi();
      compact.clear();
      compactLength = 0;
    }

    @Override
    void word(byte[] bytes, int length, int has) {
      long wordLo = key.lo(bytes, length);
      long wordHi = key.hi(bytes, length);
      lo = WordKey.thenLo(lo, wordLo);
      hi = WordKey.thenHi(hi, wordHi);
      if (count == 0) {
        firstLo = lo;
      }
      characters += length + (count > 0 ? 1 : 0);
      bits += Letters.bits(bytes, length);
      smallNumbers &= has == DIGITS && length < Letters.NUMBER;
      digits += length;
      count++;
      compactLength = compact.add(bytes, length);
      if ((has & AT_SIGN) != 0) {
        localPart(bytes, length);
      }
    }

    private void localPart(byte[] bytes, int length) {
      int local = Letters.localPart(bytes, length);
      if (local >= minLength
          && !Letters.isSmallNumber(bytes, local)
          && (!Letters.onlyLetters(bytes, local)
              || !ROLES.contains(new String(bytes, 0, local, StandardCharsets.UTF_8)))) {
        single(bytes, local);
      }
    }

    /** Traces the first bytes of a word as a value of their own. */
    private void single(byte[] bytes, int length) {
      long oneLo = WordKey.thenLo(key.beginLo(), key.lo(bytes, length));
      long oneHi = WordKey.thenHi(key.beginHi(), key.hi(bytes, length));
      emit(oneLo, oneHi, oneLo, 1, Letters.bits(bytes, length));
    }

    /** Traces a long value. */
    void whole(byte[] value, int from, int to) {
      lo = key.lo(value, from, to - from);
      hi = key.hi(value, from, to - from);
      emit(lo, hi, 0, Fingerprint.WHOLE, Letters.STRONG);
    }

    private boolean isCompactable() {
      return compact.isCompact();
    }

    private void emitCompact() {
      single(compact.bytes(), compactLength);
    }
  }
}
