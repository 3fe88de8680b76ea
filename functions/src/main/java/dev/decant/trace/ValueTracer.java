package dev.decant.trace;

import dev.decant.mask.Tracing;
import java.nio.charset.StandardCharsets;

/**
 * Takes the fingerprints of raw values for one thread. A value is traced as a whole, so the number
 * and order of its words count and the characters between them do not. {@link ValueParts} traces
 * the parts of it that are found alone.
 */
public final class ValueTracer {
  private static final int LONG_TEXT = 12;

  private static final int RECENT = 1 << 12;

  /** What is remembered of a value that is not traced. */
  private static final byte NOT_TRACED = -1;

  /** A number that differs from those of {@link #salt}. */
  private static final int ALONE = 0;

  private final FingerprintWriter prints;

  /** How often each value was traced. */
  private final RecentValues recent;

  private final int minLength;
  private final WordReader reader = new WordReader();
  private final WordList words = reader.words();
  private final ValueParts parts;
  private final Sequence sequence;
  private final TraceQueue queue = new TraceQueue();

  /** The number of bytes of all words, with blanks between them. */
  private int length;

  /** Whether all words are small numbers. */
  private boolean smallNumbers;

  /** What any of the words contains. */
  private int has;

  /** Whether the value does not come about by chance. */
  private boolean strong;

  ValueTracer(WordKey key, FingerprintWriter prints, int minLength) {
    this.prints = prints;
    this.minLength = minLength;
    this.sequence = new Sequence(key);
    this.recent = new RecentValues(key, RECENT);
    this.parts = new ValueParts(key, prints, reader, minLength);
  }

  /**
   * Traces a raw value.
   *
   * @param source the number of its column
   * @param value an array with its UTF-8 in {@code [from, to)}
   * @return whether it is long enough to be traced
   */
  public boolean add(Tracing tracing, int source, byte[] value, int from, int to) {
    if (!mayTrace(tracing, to - from)) {
      return false;
    }
    byte times = recent.find(value, from, to, salt(tracing, source));
    if (times == NOT_TRACED) {
      return false;
    }
    if (times >= (tracing == Tracing.LONG_TEXTS ? LeakSearch.COMMON : 1)) {
      return true;
    }
    boolean traced = added(tracing, source, value, from, to);
    recent.remember(traced ? (byte) (times + 1) : NOT_TRACED);
    reader.release();
    return traced;
  }

  /**
   * Traces a raw value, however short, so that {@link TextFinder#findAlone} finds it. It is not
   * found as a part of another value.
   *
   * @param source the number of its column
   * @param value an array with its UTF-8 in {@code [from, to)}
   */
  public void addAlone(int source, byte[] value, int from, int to) {
    if (recent.find(value, from, to, ALONE) == 0) {
      read(value, from, to);
      recent.remember((byte) 1);
      reader.release();
      if (sequence.count() > 0) {
        prints.begin(source, false);
        prints.emitAlone(sequence.lo(), sequence.hi(), sequence.count());
      }
    }
  }

  /** Whether a value with so many bytes may be long enough to be traced. */
  boolean mayTrace(Tracing tracing, int bytes) {
    return tracing != Tracing.NONE && bytes >= least(tracing);
  }

  /** The values that this tracer will trace. */
  TraceQueue queue() {
    return queue;
  }

  /** Whether a value would be traced. */
  public boolean isTraced(Tracing tracing, byte[] value, int from, int to) {
    read(value, from, to);
    reader.release();
    return isTraced(tracing);
  }

  /** A text counts by its column. Another value that two columns have is traced once. */
  private static int salt(Tracing tracing, int source) {
    return switch (tracing) {
      case NONE, EVERY -> 1;
      case TWO_WORDS -> 2;
      case LONG_TEXTS -> 3 + source;
    };
  }

  private int least(Tracing tracing) {
    return tracing == Tracing.LONG_TEXTS ? Math.max(LONG_TEXT, minLength) : minLength;
  }

  private boolean added(Tracing tracing, int source, byte[] value, int from, int to) {
    read(value, from, to);
    if (!isTraced(tracing)) {
      return false;
    }
    prints.begin(source, tracing == Tracing.LONG_TEXTS);
    int count = sequence.count();
    prints.emit(sequence.lo(), sequence.hi(), beginning(), count, strong);
    parts.trace(to - from, has, count, strong);
    return true;
  }

  /** The low lane of the first word or segment; 0 if the value has only one. */
  private long beginning() {
    if (sequence.count() > 1) {
      return sequence.beginning();
    }
    boolean divided = (has & WordList.INNER_MARKS) != 0;
    return divided ? parts.firstSegment(words.bytes(), 0, words.end()) : 0;
  }

  /** Traces the values that wait, and writes all fingerprints. */
  void end() {
    queue.drain();
    prints.flush();
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
    strong = false;
    reader.begin(value, from, to);
    do {
      reader.next();
      sequence.add(reader);
      for (int i = reader.again(); i < words.count(); i++) {
        int contents = words.contents(i) & WordList.CONTENT;
        length += words.length(i) + 1;
        smallNumbers &= contents == WordList.DIGITS;
        has |= contents;
      }
      strong = strong || Letters.isStrong(words.bytes(), 0, words.end());
    } while (!reader.isLast());
  }

  private boolean isTraced(Tracing tracing) {
    int least = least(tracing);
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
}
