package dev.decant.mask.cipher;

import dev.decant.mask.value.IpAddress;

/**
 * Permutes the bits of an address after its first {@code prefix} bits. For an address it permutes
 * all further bits, and for a network only the further bits of the network. Only one thread may use
 * an instance.
 */
public final class IpPermutation {
  /** A field of at most so many bits is a small range, in which every number has to change. */
  private static final int SMALL_WIDTH = 12;

  private final Prf prf;
  private final BitPermutation permutation;
  private final int prefix;

  public IpPermutation(Prf prf, int prefix) {
    this.prf = prf;
    this.prefix = prefix;
    permutation = new BitPermutation(prf);
  }

  public void permute(IpAddress address, boolean networkOnly) {
    int end = networkOnly ? address.network() : address.bits();
    int width = end - prefix;
    if (width <= 0) {
      return;
    }
    int behind = address.bits() - end;
    if (address.bits() == IpAddress.V4_BITS) {
      long kept = address.low() >>> (width + behind);
      long field = address.low() >>> behind & BitPermutation.mask(width);
      long permuted = permute(tweak(end, 0, kept), field, width);
      address.set(address.bits(), 0, (kept << width | permuted) << behind);
    } else {
      permuteV6(address, width, behind, end);
    }
  }

  private long permute(long tweak, long field, int width) {
    return width <= SMALL_WIDTH
        ? permutation.permuteBelow(tweak, field, 1L << width)
        : permutation.permute(tweak, field, width);
  }

  /**
   * Splits 128 bits into the two halves of the field and the bits that stay, and joins them again.
   */
  private void permuteV6(IpAddress address, int width, int behind, int end) {
    int rightBits = width <= SMALL_WIDTH ? width : width / 2;
    int leftBits = width - rightBits;
    long right = shiftedRight(address, behind) & BitPermutation.mask(rightBits);
    long left = shiftedRight(address, behind + rightBits) & BitPermutation.mask(leftBits);
    long kept = shiftedRight(address, behind + width) & BitPermutation.mask(prefix);
    if (leftBits == 0) {
      right = permute(tweak(end, 6, kept), right, width);
    } else {
      permutation.permute(tweak(end, 6, kept), left, leftBits, right, rightBits);
      left = permutation.left();
      right = permutation.right();
    }
    address.set(
        IpAddress.V6_BITS,
        shiftedLeft(kept, behind + width - 64)
            | shiftedLeft(left, behind + rightBits - 64)
            | shiftedLeft(right, behind - 64),
        shiftedLeft(kept, behind + width)
            | shiftedLeft(left, behind + rightBits)
            | shiftedLeft(right, behind));
  }

  private long tweak(int end, int family, long kept) {
    return prf.hash((long) end << 8 | family, kept);
  }

  /** The lower 64 bits of the address after a shift to the right. */
  private static long shiftedRight(IpAddress address, int bits) {
    if (bits == 0) {
      return address.low();
    }
    return bits >= 64
        ? shiftedLeft(address.high(), 64 - bits)
        : address.high() << (64 - bits) | address.low() >>> bits;
  }

  /** Shifts a word by any number of bits, to the right if the number is negative. */
  private static long shiftedLeft(long word, int bits) {
    if (bits <= -64 || bits >= 64) {
      return 0;
    }
    return bits >= 0 ? word << bits : word >>> -bits;
  }
}
