package dev.decant.mask.cipher;

import org.jspecify.annotations.Nullable;

/**
 * A keyed permutation of a small range that changes every number. All numbers lie on one cycle, and
 * the key decides which cycle it is.
 *
 * <p>P is a pseudo-random permutation of the numbers below the size, and x becomes P⁻¹(P(x) + 1). P
 * is the swap-or-not network (Hoang, Morris, Rogaway: "An Enciphering Scheme Based on a Card
 * Shuffle", 2012). In each round x has a partner, which is K - x for the key K of the round, and a
 * pseudo-random bit of the larger of the two decides whether they change places. Every round is its
 * own inverse. Unlike a Feistel network, this one has no halves, so it works for ten digits as well
 * as for a million values, and it needs no table. The paper proves that a number of rounds in
 * proportion to the bits of the size suffices even against somebody who has seen almost all values.
 * This class runs six rounds for each bit, and sixteen more.
 *
 * <p>A call takes a microsecond or more. Small ranges have few values, so an instance remembers the
 * last answers in a fixed amount of memory. Only one thread may use an instance.
 */
public final class CyclePermutation {
  /** The largest size for which callers should prefer this to a faster permutation. */
  static final int SMALL = 4096;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long ROUND_KEYS = 0x6379636c65L;
  private static final int ROUNDS_PER_BIT = 6;
  private static final int MORE_ROUNDS = 16;
  private static final int REMEMBERED_BITS = 12;

  private final Prf prf;
  private @Nullable Remembered remembered;

  /** The last answers by a hash of tweak and number. Each is stored plus one; 0 means no answer. */
  private static final class Remembered {
    final long[] tweaks = new long[1 << REMEMBERED_BITS];
    final long[] numbers = new long[1 << REMEMBERED_BITS];
    final long[] answers = new long[1 << REMEMBERED_BITS];
  }

  public CyclePermutation(Prf prf) {
    this.prf = prf;
  }

  /**
   * The next number on the cycle, or 0 if the size is 1.
   *
   * @param tweak chooses the cycle; a tweak must always be used with the same size
   * @param number a number from 0 that is less than the size
   */
  public long next(long tweak, long number, long size) {
    if (size == 1) {
      return 0;
    }
    Remembered last = remembered;
    if (last == null) {
      last = new Remembered();
      remembered = last;
    }
    int slot = (int) (((tweak ^ (number * GOLDEN)) * GOLDEN) >>> (Long.SIZE - REMEMBERED_BITS));
    if (last.answers[slot] == 0 || last.tweaks[slot] != tweak || last.numbers[slot] != number) {
      last.tweaks[slot] = tweak;
      last.numbers[slot] = number;
      last.answers[slot] = 1 + compute(tweak, number, size);
    }
    return last.answers[slot] - 1;
  }

  private long compute(long tweak, long number, long size) {
    int rounds = MORE_ROUNDS + ROUNDS_PER_BIT * (Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    long x = number;
    for (int round = 0; round < rounds; round++) {
      x = swapOrNot(tweak, round, x, size);
    }
    x = x == size - 1 ? 0 : x + 1;
    for (int round = rounds - 1; round >= 0; round--) {
      x = swapOrNot(tweak, round, x, size);
    }
    return x;
  }

  private long swapOrNot(long tweak, int round, long x, long size) {
    long key = Math.unsignedMultiplyHigh(prf.hash(tweak ^ ROUND_KEYS, round), size);
    long partner = key >= x ? key - x : key - x + size;
    long bits = prf.hash(tweak + (round + 1) * GOLDEN, Math.max(x, partner));
    return (bits & 1) == 0 ? x : partner;
  }
}
