package dev.decant.trace;

import java.util.Arrays;

/**
 * Puts the words of a {@code tsvector} into the order of the text that it was made of. PostgreSQL
 * writes them in the order of the alphabet, each with its positions in the text, as in {@code
 * 'beispiel':2B 'eva':1}. One thread uses an instance.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-textsearch.html">Text Search
 *     Types</a>
 */
final class SearchVector {
  /** PostgreSQL keeps at most so many positions of a word, and no position above 16383. */
  private static final int MOST = 1 << 14;

  /** For each position that is in the value: the position, and the number of its word. */
  private final long[] positions = new long[MOST];

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private byte[] text = new byte[256];
  private int count;
  private int words;
  private int length;

  /**
   * Reads a value.
   *
   * @return whether the value is a {@code tsvector} with the positions of at least two words. Then
   *     {@link #text()} has the words in the order of their positions
   */
  boolean read(byte[] value, int from, int to) {
    count = 0;
    words = 0;
    if (from == to || value[from] != '\'' || !parse(value, from, to) || count < 2) {
      return false;
    }
    Arrays.sort(positions, 0, count);
    length = 0;
    for (int i = 0; i < count; i++) {
      int word = (int) positions[i];
      int size = ends[word] - starts[word];
      if (text.length < length + size + 1) {
        text = Arrays.copyOf(text, 2 * (length + size));
      }
      System.arraycopy(value, starts[word], text, length, size);
      length += size;
      text[length++] = ' ';
    }
    return true;
  }

  /** The words that {@link #read} found, with a blank after each, up to {@link #length()}. */
  byte[] text() {
    return text;
  }

  int length() {
    return length;
  }

  private boolean parse(byte[] value, int from, int to) {
    int at = from;
    while (at < to) {
      int end = value[at] == '\'' ? wordEnd(value, at + 1, to) : to;
      if (end == to) {
        return false;
      }
      add(at + 1, end);
      at = end + 1;
      if (at < to && value[at] == ':') {
        at = positions(value, at + 1, to);
      }
      if (at < to && value[at++] != ' ') {
        return false;
      }
    }
    return true;
  }

  private void add(int start, int end) {
    if (words == starts.length) {
      starts = Arrays.copyOf(starts, 2 * words);
      ends = Arrays.copyOf(ends, 2 * words);
    }
    starts[words] = start;
    ends[words++] = end;
  }

  /** The position of the quote after a word, or the end of the value. */
  private static int wordEnd(byte[] value, int from, int to) {
    int at = from;
    while (at < to) {
      if (value[at] == '\'') {
        if (at + 1 == to || value[at + 1] != '\'') {
          return at;
        }
        at++;
      }
      at++;
    }
    return to;
  }

  /** Reads the positions of the last word, such as {@code 3,12B}, and returns what follows. */
  private int positions(byte[] value, int from, int to) {
    int position = 0;
    int at = from;
    for (; at < to && value[at] != ' '; at++) {
      byte c = value[at];
      if (c == ',') {
        position(position);
        position = 0;
      } else if (Letters.isDigit(c)) {
        position = Math.min(MOST, 10 * position + c - '0');
      }
    }
    position(position);
    return at;
  }

  private void position(int position) {
    if (count < MOST) {
      positions[count++] = (long) position << 32 | (words - 1);
    }
  }
}
