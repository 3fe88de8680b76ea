package dev.decant.trace;

/**
 * Remembers what was found out about short values a moment ago, because many columns have few
 * different values. It knows values by a hash of their bytes. One thread uses an instance.
 */
final class RecentValues {
  /** Longer values are not remembered. */
  private static final int LONGEST = 64;

  private static final long SALT = 0x9e3779b97f4a7c15L;

  private final WordKey key;
  private final long[] hashes;
  private final byte[] facts;
  private final byte[] copy = new byte[2 * Long.BYTES];
  private long hash;
  private int slot;

  /**
   * @param slots a power of two
   */
  RecentValues(WordKey key, int slots) {
    this.key = key;
    hashes = new long[slots];
    facts = new byte[slots];
  }

  /**
   * Looks for a value.
   *
   * @param salt the same value with another salt is another value
   * @return what {@link #remember} was called with last, or 0 if the value is not known
   */
  byte find(byte[] value, int from, int to, int salt) {
    int length = to - from;
    if (length > LONGEST || length == 0) {
      slot = -1;
      return 0;
    }
    byte[] bytes = value;
    int at = from;
    if (from + Long.BYTES > value.length) {
      System.arraycopy(value, from, copy, 0, length);
      bytes = copy;
      at = 0;
    }
    hash = key.hi(bytes, at, length) ^ salt * SALT;
    slot = (int) (hash >>> 40) & (hashes.length - 1);
    return hashes[slot] == hash ? facts[slot] : 0;
  }

  /**
   * Remembers the value that was looked for last.
   *
   * @param fact a number other than 0
   */
  void remember(byte fact) {
    if (slot >= 0) {
      hashes[slot] = hash;
      facts[slot] = fact;
    }
  }
}
