package dev.decant.trace;

import java.util.Arrays;

/**
 * The words of a batch, divided further at the punctuation inside them: {@code
 * tel:+49-30-901820,user_max.muster} gives {@code tel 49 30 901820 user max muster}. One thread
 * uses an instance.
 */
final class Segments {
  /** The segment is a part of a word. */
  static final int PART = 32;

  /** The segment is a part of a word, or at most four segments away from one. */
  static final int NEAR = 64;

  private final WordKey key;
  private final WordList list;
  private int[] wordEnds = new int[WordReader.BATCH];

  /** Segments before this one are near a part of a word. */
  private int near;

  Segments(WordKey key, WordReader reader) {
    this.key = key;
    this.list = new WordList(reader.words().bytes(), WordReader.BATCH);
  }

  /**
   * Divides words.
   *
   * @param least shorter words are not divided
   * @param withoutTags leaves out the words in tags, so that the segments around them are
   *     neighbours. These then count as near each other
   * @param starts the number of words whose windows are complete
   * @return the number of segments of these words
   */
  int read(WordList words, int starts, int least, boolean withoutTags) {
    list.clear();
    near = 0;
    int result = 0;
    for (int i = 0; i < words.count(); i++) {
      result = i == starts ? list.count() : result;
      if (withoutTags && words.has(i, WordList.TAG)) {
        near();
      } else if (words.length(i) >= least && words.has(i, WordList.INNER_MARKS)) {
        near();
        divide(words, i);
        near = list.count() + WordReader.OVERLAP;
      } else {
        int content = words.contents(i) | (list.count() < near ? NEAR : 0);
        add(words.start(i), words.length(i), content, words.low(i), list.count() + 1);
      }
    }
    return starts == words.count() ? list.count() : result;
  }

  /** The segments before this position, and those after it, are near it. */
  private void near() {
    for (int i = Math.max(0, list.count() - WordReader.OVERLAP); i < list.count(); i++) {
      list.mark(i, NEAR);
    }
    near = Math.max(near, list.count() + WordReader.OVERLAP);
  }

  private void divide(WordList words, int word) {
    byte[] bytes = words.bytes();
    int first = list.count();
    int end = words.end(word);
    for (int from = words.start(word); from < end; ) {
      int to = from;
      int content = PART | NEAR;
      for (; to < end && Letters.isLetterOrDigit(bytes[to]); to++) {
        content |= Letters.isDigit(bytes[to]) ? WordList.DIGITS : WordList.LETTERS;
      }
      if (to > from) {
        add(from, to - from, content, key.lo(bytes, from, to - from), 0);
      }
      from = to + 1;
    }
    for (int i = first; i < list.count(); i++) {
      wordEnds[i] = list.count();
    }
  }

  private void add(int start, int length, int content, long low, int wordEnd) {
    int number = list.count();
    if (number == wordEnds.length) {
      wordEnds = Arrays.copyOf(wordEnds, 2 * number);
    }
    list.add(start, length, content, low);
    wordEnds[number] = wordEnd;
  }

  WordList list() {
    return list;
  }

  /** The position after the last segment of the word that a segment belongs to. */
  int wordEnd(int segment) {
    return wordEnds[segment];
  }
}
