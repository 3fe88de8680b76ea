package dev.decant.mask.cipher;

/**
 * A keyed permutation of numbers of up to 128 bits: a Feistel network over two halves, which may
 * differ in length by any number of bits. Results stand in {@link #left()} and {@link #right()}.
 * Not for several threads.
 */
public final class BitPermutation {
  private static final int ROUNDS = 8;
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

  /** Permutes the number of two halves. Another tweak chooses another permutation. */
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

  /** Permutes the numbers of up to 64 bits. */
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
   * Permutes the numbers below {@code size}, taken as unsigned, by walking the cycle until it is
   * below again: fewer than two steps on average. In a small range every number changes. One tweak
   * goes with one size.
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
