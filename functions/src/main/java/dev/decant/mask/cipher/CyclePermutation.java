package dev.decant.mask.cipher;

import org.jspecify.annotations.Nullable;

/**
 * A keyed permutation of a small range that leaves no number where it is: all numbers lie on one
 * cycle, and which cycle that is only the key says.
 *
 * <p>With P a pseudo-random permutation of the numbers below the size, x becomes P⁻¹(P(x) + 1). P
 * is the swap-or-not network (Hoang, Morris, Rogaway: "An Enciphering Scheme Based on a Card
 * Shuffle", 2012): in each round x has a partner, K - x for a key K of the round, and a
 * pseudo-random bit of the larger of the two says whether they change places. Every round is its
 * own inverse. Unlike a Feistel network it has no halves, so it works the same for ten digits as
 * for a million values, and it needs no table.
 *
 * <p>It takes a microsecond or more. Small ranges have few values, so the last answers are
 * remembered, in fixed memory. Not for several threads.
 */
public final class CyclePermutation {
  /** The largest size for which callers should prefer this to a faster permutation. */
  static final int SMALL = 4096;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long ROUND_KEYS = 0x6379636c65L;
  private static final int ROUNDS_PER_BIT = 3;
  private static final int MORE_ROUNDS = 16;
  private static final int REMEMBERED_BITS = 12;

  private final Prf prf;
  private @Nullable Remembered remembered;

  /** The last answers, by a hash of tweak and number; an answer of 0 is none, 1 stands for 0. */
  private static final class Remembered {
    final long[] tweaks = new long[1 << REMEMBERED_BITS];
    final long[] numbers = new long[1 << REMEMBERED_BITS];
    final long[] answers = new long[1 << REMEMBERED_BITS];
  }

  public CyclePermutation(Prf prf) {
    this.prf = prf;
  }

  /**
   * The number that follows on the cycle; 0 where the size is 1.
   *
   * @param tweak chooses the cycle; one tweak goes with one size
   * @param number from 0, below the size
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
