package dev.decant.mask.cipher;

/**
 * A keyed permutation of numbers of up to 128 bits. It is an alternating Feistel network over two
 * halves, whose lengths may differ by any number of bits. As FF1 (NIST SP 800-38G) it has ten
 * rounds, and its round function is {@link Prf} in place of AES. {@link #left()} and {@link
 * #right()} return the result. Only one thread may use an instance.
 */
public final class BitPermutation {
  private static final int ROUNDS = 10;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Prf prf;
  private final CyclePermutation small;
  private long left;
  private long right;

  public BitPermutation(Prf prf) {
    this.prf = prf;
    small = new CyclePermutation(prf);
  }

  long left() {
    return left;
  }

  long right() {
    return right;
  }

  /** Permutes a number that is given in two halves. Each tweak chooses another permutation. */
  void permute(long tweak, long leftHalf, int leftBits, long rightHalf, int rightBits) {
    long leftMask = mask(leftBits);
    long rightMask = mask(rightBits);
    left = leftHalf;
    right = rightHalf;
    for (int round = 0; round < ROUNDS; round += 2) {
      right ^= prf.hash(tweak + round * GOLDEN, left) & rightMask;
      left ^= prf.hash(tweak + (round + 1) * GOLDEN, right) & leftMask;
    }
  }

  /** Permutes a number of up to 64 bits. */
  long permute(long tweak, long number, int bits) {
    int rightBits = (bits + 1) / 2;
    permute(
        tweak,
        (number & mask(bits)) >>> rightBits,
        bits - rightBits,
        number & mask(rightBits),
        rightBits);
    return left << rightBits | right;
  }

  /**
   * Permutes the unsigned numbers below {@code size}. It repeats the permutation until the number
   * is below the size again, which takes fewer than two steps on average. In a small range every
   * number changes. A tweak must always be used with the same size.
   */
  public long permuteBelow(long tweak, long number, long size) {
    if (size > 0 && size <= CyclePermutation.SMALL) {
      return small.next(tweak, number, size);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    long walked = number;
    do {
      walked = permute(tweak, walked, bits);
    } while (Long.compareUnsigned(walked, size) >= 0);
    return walked;
  }

  public static long mask(int bits) {
    return bits == 0 ? 0 : -1L >>> (Long.SIZE - bits);
  }
}
