package dev.decant.mask.builtin;

import dev.decant.mask.WrittenValues;
import java.nio.charset.StandardCharsets;

/** The texts that a mask of dictionary words can write. */
sealed interface WrittenText {
  /**
   * Whether this is such a text.
   *
   * @param cut whether the beginning of a text counts, too, because the column may have cut it
   */
  boolean has(byte[] value, int from, int to, boolean cut);

  /** A word of a dictionary. */
  record Word(Dictionary words) implements WrittenText {
    @Override
    public boolean has(byte[] value, int from, int to, boolean cut) {
      return words.has(value, from, to) || (cut && words.hasBeginning(value, from, to));
    }
  }

  /** A number of some digits. */
  record Digits(int least, int most) implements WrittenText {
    @Override
    public boolean has(byte[] value, int from, int to, boolean cut) {
      for (int i = from; i < to; i++) {
        if (value[i] < '0' || value[i] > '9') {
          return false;
        }
      }
      return to - from <= most && (cut || to - from >= least);
    }
  }

  /** Two texts with something between them. */
  record Joined(WrittenText first, byte[] between, WrittenText second) implements WrittenText {
    Joined(WrittenText first, String between, WrittenText second) {
      this(first, between.getBytes(StandardCharsets.US_ASCII), second);
    }

    @Override
    public boolean has(byte[] value, int from, int to, boolean cut) {
      for (int at = from + 1; at + between.length < to; at++) {
        if (isBetween(value, at)
            && first.has(value, from, at, false)
            && second.has(value, at + between.length, to, cut)) {
          return true;
        }
      }
      return cut && first.has(value, from, end(value, from, to), true);
    }

    private boolean isBetween(byte[] value, int at) {
      for (int i = 0; i < between.length; i++) {
        if (value[at + i] != between[i]) {
          return false;
        }
      }
      return true;
    }

    /** The end of the first text, if the value was cut between the two. */
    private int end(byte[] value, int from, int to) {
      int end = to;
      while (end > from && (value[end - 1] == ' ' || value[end - 1] == between[0])) {
        end--;
      }
      return end;
    }
  }

  /** The values in a column whose texts have a greatest length. The empty text stays empty. */
  static WrittenValues in(TextLimit limit, WrittenText text) {
    return (value, from, to) -> {
      int end = limit.end(value, from, to);
      return end == from || text.has(value, from, end, limit.mayBeCut(value, from, end));
    };
  }
}
