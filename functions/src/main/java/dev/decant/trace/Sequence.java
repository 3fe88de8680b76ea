package dev.decant.trace;

/**
 * The fingerprint of all words of a value. Up to five words, it is that of a window of words. Of
 * more words, it is that of the bytes of each batch of words, which costs less than that of each
 * word. One thread uses an instance.
 */
final class Sequence {
  private final WordKey key;
  private long lo;
  private long hi;
  private long beginning;
  private int count;

  Sequence(WordKey key) {
    this.key = key;
  }

  void begin() {
    count = 0;
  }

  /** Adds a batch of words. */
  void add(WordReader reader) {
    WordList words = reader.words();
    int fresh = words.count() - reader.again();
    if (fresh == 0) {
      return;
    }
    boolean isFirst = count == 0;
    count += fresh;
    if (isFirst && count <= Fingerprint.WINDOW) {
      window(words);
    } else {
      int from = words.start(reader.again());
      int length = words.end() - from;
      long nextLo = key.lo(words.bytes(), from, length);
      beginning = isFirst ? key.beginning(words.bytes(), from, words.length(0)) : beginning;
      long nextHi = key.hi(words.bytes(), from, length);
      lo = isFirst ? nextLo : WordKey.thenLo(lo, nextLo);
      hi = isFirst ? nextHi : WordKey.thenHi(hi, nextHi);
    }
  }

  private void window(WordList words) {
    for (int i = 0; i < count; i++) {
      long nextLo = key.lo(words.bytes(), words.start(i), words.length(i));
      long nextHi = key.hi(words.bytes(), words.start(i), words.length(i));
      lo = i == 0 ? key.oneLo(nextLo) : WordKey.thenLo(lo, nextLo);
      hi = i == 0 ? key.oneHi(nextHi) : WordKey.thenHi(hi, nextHi);
      beginning = i == 0 ? lo : beginning;
    }
  }

  long lo() {
    return lo;
  }

  long hi() {
    return hi;
  }

  /** The low lane of the first word, or of its first characters if there are more than five. */
  long beginning() {
    return beginning;
  }

  /** The number of words. */
  int count() {
    return count;
  }
}
