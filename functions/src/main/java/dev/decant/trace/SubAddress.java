package dev.decant.trace;

/**
 * An e-mail address without its sub-address (RFC 5233): {@code max+news@example.com} becomes {@code
 * max@example.com}. One thread uses an instance.
 */
final class SubAddress {
  private static final int LONGEST = 320;

  private final byte[] bytes = new byte[LONGEST + WordKey.SLACK];
  private int localPart;
  private int length;

  /**
   * Reads an address.
   *
   * @param local the length of its part before the @
   * @return whether it has a sub-address
   */
  boolean read(byte[] word, int from, int wordLength, int local) {
    int plus = 1;
    while (plus < local && word[from + plus] != '+') {
      plus++;
    }
    if (plus >= local || wordLength > LONGEST) {
      return false;
    }
    localPart = plus;
    length = plus + wordLength - local;
    System.arraycopy(word, from, bytes, 0, plus);
    System.arraycopy(word, from + local, bytes, plus, wordLength - local);
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int localPart() {
    return localPart;
  }

  int length() {
    return length;
  }
}
