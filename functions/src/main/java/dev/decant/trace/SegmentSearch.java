package dev.decant.trace;

/**
 * Looks up the segments between the punctuation of words: single ones, windows of them, and the
 * parts of words from one segment to another with the punctuation between them. One thread uses an
 * instance.
 */
final class SegmentSearch {
  /** The most segments of a part of a word, which bounds the look-ups for a word of many. */
  private static final int MOST = 32;

  private final WordKey key;
  private final FilterSearch filter;
  private final Segments segments;
  private final WordList list;

  SegmentSearch(WordKey key, FilterSearch filter, WordReader reader) {
    this.key = key;
    this.filter = filter;
    this.segments = new Segments(key, reader);
    this.list = segments.list();
  }

  /**
   * Looks at the words of a batch.
   *
   * @param starts the number of words whose windows are complete
   * @param withoutTags whether the words in tags are left out
   * @return the segments, until the next call
   */
  WordList look(WordList words, int starts, boolean withoutTags) {
    // Where only long values count, words that are short are not worth the time.
    int complete =
        segments.read(words, starts, filter.isStrict() ? filter.least() : 0, withoutTags);
    for (int i = 0; i < complete; i++) {
      if (list.has(i, Segments.NEAR)) {
        look(i);
      }
    }
    return list;
  }

  private void look(int segment) {
    if (!list.has(segment, Segments.PART)) {
      if (list.has(segment, WordList.BEGINS)) {
        filter.windows(list, segment, key.oneLo(list.low(segment)));
      }
      return;
    }
    long one = key.oneLo(list.low(segment));
    if (list.length(segment) >= filter.least() && isWord(segment)) {
      filter.single(list, segment, one);
    }
    if (filter.begins(one)) {
      filter.windows(list, segment, one);
    }
    if (segment + 1 < segments.wordEnd(segment) && filter.beginsPart(one)) {
      parts(segment);
    }
  }

  /** Whether a segment may be a value. A word of letters beside a dot is a part of some name. */
  private boolean isWord(int segment) {
    return list.has(segment, WordList.DIGITS)
        ? list.has(segment, WordList.LETTERS) || list.length(segment) >= Letters.NUMBER
        : !isBesideDot(segment);
  }

  private boolean isBesideDot(int segment) {
    byte[] bytes = list.bytes();
    int start = list.start(segment);
    return bytes[list.end(segment)] == '.' || (start > 0 && bytes[start - 1] == '.');
  }

  /** Looks up the parts of a word that begin with a segment. */
  private void parts(int first) {
    int start = list.start(first);
    int end = Math.min(segments.wordEnd(first), first + MOST);
    for (int last = first + 1; last < end; last++) {
      filter.word(list.bytes(), start, list.end(last) - start);
    }
  }
}
