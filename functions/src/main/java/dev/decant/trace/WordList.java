package dev.decant.trace;

import java.util.Arrays;

/**
 * Words that lie in one array of bytes, with what is known about each. The order of the list is
 * that of the value. One thread uses an instance.
 */
final class WordList {
  /** What a word contains, as bits. */
  static final int DIGITS = 1;

  static final int LETTERS = 2;

  /** Punctuation between letters or digits. */
  static final int INNER_MARKS = 4;

  static final int AT_SIGN = 8;

  /** The word is in a tag of HTML or XML. */
  static final int TAG = 16;

  /** A traced value of several words or segments may begin with the word. */
  static final int BEGINS = 128;

  /** The letters, digits and punctuation of a word. */
  static final int CONTENT = DIGITS | LETTERS | INNER_MARKS | AT_SIGN;

  private final byte[] bytes;
  private int[] starts;
  private int[] lengths;
  private byte[] contents;
  private long[] lows;
  private int count;

  /**
   * @param bytes the array of the words, with {@link WordKey#SLACK} bytes after the last one
   * @param capacity the expected number of words; the list grows if there are more
   */
  WordList(byte[] bytes, int capacity) {
    this.bytes = bytes;
    starts = new int[capacity];
    lengths = new int[capacity];
    contents = new byte[capacity];
    lows = new long[capacity];
  }

  void clear() {
    count = 0;
  }

  void add(int start, int length, int content, long low) {
    if (count == starts.length) {
      grow();
    }
    starts[count] = start;
    lengths[count] = length;
    contents[count] = (byte) content;
    lows[count] = low;
    count++;
  }

  private void grow() {
    int capacity = 2 * count;
    starts = Arrays.copyOf(starts, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    contents = Arrays.copyOf(contents, capacity);
    lows = Arrays.copyOf(lows, capacity);
  }

  /** Makes the last words the first ones, and their bytes the first bytes of the array. */
  int keepLast(int words) {
    int first = count - words;
    int from = starts[first];
    System.arraycopy(bytes, from, bytes, 0, end() + 1 - from);
    for (int i = 0; i < words; i++) {
      starts[i] = starts[first + i] - from;
      lengths[i] = lengths[first + i];
      contents[i] = contents[first + i];
      lows[i] = lows[first + i];
    }
    count = words;
    return from;
  }

  byte[] bytes() {
    return bytes;
  }

  int count() {
    return count;
  }

  int start(int word) {
    return starts[word];
  }

  int length(int word) {
    return lengths[word];
  }

  /** The position after a word. */
  int end(int word) {
    return starts[word] + lengths[word];
  }

  /** The position after the last word. */
  int end() {
    return count == 0 ? 0 : end(count - 1);
  }

  /** What a word contains, as bits. */
  int contents(int word) {
    return contents[word];
  }

  /** Whether a word contains all of these. */
  boolean has(int word, int content) {
    return (contents[word] & content) == content;
  }

  /** Whether a word has digits and no letters. */
  boolean isNumber(int word) {
    return (contents[word] & (LETTERS | DIGITS)) == DIGITS;
  }

  /** The low lane of a word, once it is known. */
  long low(int word) {
    return lows[word];
  }

  void low(int word, long low) {
    lows[word] = low;
  }

  void mark(int word, int content) {
    contents[word] |= (byte) content;
  }
}
