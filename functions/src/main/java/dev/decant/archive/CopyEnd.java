package dev.decant.archive;

/** Checks that the rows of a COPY end with the line {@code \.}, which only newlines may follow. */
final class CopyEnd {
  private static final int KEPT = 16;

  private final byte[] last = new byte[KEPT];

  /** The last bytes of the rows. Zeros precede them if there are fewer. */
  byte[] last() {
    return last;
  }

  boolean isThere() {
    int end = KEPT;
    while (end > 0 && (last[end - 1] == '\n' || last[end - 1] == '\r')) {
      end--;
    }
    return end >= 3
        && end < KEPT
        && last[end - 1] == '.'
        && last[end - 2] == '\\'
        && (last[end - 3] == '\n' || last[end - 3] == 0);
  }
}
