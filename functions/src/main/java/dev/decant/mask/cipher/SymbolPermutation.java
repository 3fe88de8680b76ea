package dev.decant.mask.cipher;

import dev.decant.copy.Bytes;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Alphabets.Alphabet;
import dev.decant.mask.value.Alphabets.Page;
import dev.decant.mask.value.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * A format-preserving permutation of texts. Letters become letters of the same {@link Alphabets},
 * digits become digits, and all other characters stay in their places.
 *
 * <p>The symbols of a text are the digits of a number of mixed radix. They are split into two
 * halves. In ten rounds, one half is added symbol by symbol, modulo its radix, to a pseudo-random
 * stream that depends on the other half. This is an alternating, unbalanced Feistel network as in
 * FF1 (NIST SP 800-38G, 2016). Every round can be undone, so different texts give different texts
 * of any length and of any mix of alphabets. The parts of a text that stay are the tweak: its
 * punctuation, and the alphabet at each place. A text of more than {@value #CHUNK} symbols is
 * permuted in chunks, and the tweak of a chunk depends on all chunks before it.
 *
 * <p>A text of one or two symbols, or of a shape that has at most 4,096 texts, is too short for two
 * halves. With one symbol, the network would be a rotation, which is the identity under every tenth
 * key. For such texts a {@link CyclePermutation} changes every text.
 *
 * <p>FF1 itself takes one radix for all symbols, computes with big integers, and calls AES at least
 * ten times for a value. This class uses SipHash and words of 64 bits, and takes less than a
 * microsecond for a name. It has had no cryptanalysis of its own. As with every format-preserving
 * cipher, a small domain gives little protection: two digits have only a hundred values with every
 * key, and somebody who knows some pairs of raw and masked values of such a shape learns much about
 * the others. Use other masks if values are few or short.
 *
 * <p>Only one thread may use an instance.
 */
public final class SymbolPermutation {
  static final int CHUNK = 1024;
  private static final int ROUNDS = 10;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long CHAIN = 0x636861696eL;

  /**
   * The bits of radix that one word of the stream may serve, so that its bias stays below 2^-20.
   */
  private static final int WORD_BUDGET = 42;

  /** Texts of at most so many symbols always change, with any alphabets. */
  private static final int ALWAYS_CHANGED = 2;

  /** More symbols than this, with two or more characters each, are not a small range. */
  private static final int SMALL_COUNT = 12;

  private final Prf prf;
  private final CyclePermutation small;
  private final Alphabets alphabets;
  private final int[] symbols = new int[CHUNK];
  private final int[] radixes = new int[CHUNK];
  private final int[] positions = new int[CHUNK];
  private final boolean[] upper = new boolean[CHUNK];
  private final @Nullable Alphabet[] classes = new @Nullable Alphabet[CHUNK];
  private final byte[] packed = new byte[CHUNK * 3];
  private int count;

  public SymbolPermutation(Prf prf, Alphabets alphabets) {
    this.prf = prf;
    small = new CyclePermutation(prf);
    this.alphabets = alphabets;
  }

  /** Appends the permuted text. Different tweaks give independent permutations. */
  public void permute(long tweak, byte[] value, int from, int to, Bytes out) {
    int start = out.length();
    out.append(value, from, to);
    byte[] text = out.array();
    long chain = tweak;
    int next;
    for (int i = from; i < to; i = next) {
      next = from + gather(text, start + i - from, out.length()) - start;
      chain = prf.hash(chain, text, start + i - from, start + next - from);
      encrypt(chain);
      scatter(text);
      if (next < to) {
        chain = prf.hash(chain ^ CHAIN, value, i, next);
      }
    }
  }

  /** Runs the rounds. Each round packs its half into a number, which the next round needs. */
  private void encrypt(long tweak) {
    long size = smallSize();
    if (size > 0) {
      encryptSmall(tweak, size);
      return;
    }
    int half = count / 2;
    int leftBits = bits(0, half);
    int rightBits = bits(half, count);
    long source = pack(half, count, rightBits);
    for (int round = 0; round < ROUNDS; round += 2) {
      long left = digest(tweak + round * GOLDEN, source, half, count, rightBits);
      source = mix(left, 0, half, leftBits);
      long right = digest(tweak + (round + 1) * GOLDEN, source, 0, half, leftBits);
      source = mix(right, half, count, rightBits);
    }
  }

  /** The number of texts of this shape if they are a small range; otherwise 0. */
  private long smallSize() {
    if (count > SMALL_COUNT) {
      return 0;
    }
    long size = 1;
    for (int s = 0; s < count; s++) {
      size *= radixes[s];
      if (size > CyclePermutation.SMALL && count > ALWAYS_CHANGED) {
        return 0;
      }
    }
    return size;
  }

  private void encryptSmall(long tweak, long size) {
    long number = small.next(tweak, pack(0, count, 0), size);
    for (int s = count - 1; s >= 0; s--) {
      symbols[s] = (int) (number % radixes[s]);
      number /= radixes[s];
    }
  }

  /**
   * Takes up to {@link #CHUNK} symbols out of the text. In the place of each it leaves the first
   * symbol of its alphabet, so that the remaining text is the shape.
   *
   * @return the position at which the next chunk begins
   */
  private int gather(byte[] text, int from, int to) {
    int found = 0;
    int i = from;
    int pageNumber = 0;
    Page page = alphabets.page(0);
    while (i < to && found < CHUNK) {
      int decoded = text[i] >= 0 ? 1 << 24 | text[i] : Utf8.decode(text, i, to);
      int codePoint = Utf8.codePoint(decoded);
      if (codePoint >>> 8 != pageNumber) {
        pageNumber = codePoint >>> 8;
        page = alphabets.page(pageNumber);
      }
      Alphabet alphabet = page.alphabets[codePoint & 0xff];
      if (alphabet != null) {
        int symbol = page.symbols[codePoint & 0xff];
        symbols[found] = symbol >>> 1;
        upper[found] = (symbol & 1) != 0;
        radixes[found] = alphabet.size();
        classes[found] = alphabet;
        positions[found++] = i;
        Utf8.encode(alphabet.lower[0], text, i);
      }
      i += Utf8.length(decoded);
    }
    count = found;
    return i;
  }

  private void scatter(byte[] text) {
    for (int s = 0; s < count; s++) {
      Alphabet alphabet = classes[s];
      if (alphabet != null) {
        int[] characters = upper[s] ? alphabet.upper : alphabet.lower;
        Utf8.encode(characters[symbols[s]], text, positions[s]);
      }
    }
  }

  private static int bits(int radix) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(radix - 1);
  }

  /** The number of bits that hold the symbols {@code [begin, end)}. */
  private int bits(int begin, int end) {
    int bits = 0;
    for (int s = begin; s < end; s++) {
      bits += bits(radixes[s]);
    }
    return bits;
  }

  /**
   * Runs one round, which adds a stream that depends on the other symbols to the symbols {@code
   * [begin, end)}.
   *
   * @return the new symbols in the form of {@link #pack}
   */
  private long mix(long stream, int begin, int end, int bits) {
    if (bits > WORD_BUDGET) {
      mixLong(stream, begin, end);
      return pack(begin, end, bits);
    }
    long word = stream;
    long number = 0;
    for (int s = begin; s < end; s++) {
      int radix = radixes[s];
      int sum = symbols[s] + Prf.choose(word, radix);
      int symbol = sum >= radix ? sum - radix : sum;
      symbols[s] = symbol;
      number = number * radix + symbol;
      word *= radix;
    }
    return number;
  }

  /** Does the same as {@link #mix} if one word of the stream is not enough. */
  private void mixLong(long stream, int begin, int end) {
    long word = stream;
    int budget = WORD_BUDGET;
    int words = 0;
    for (int s = begin; s < end; s++) {
      int radix = radixes[s];
      int bits = bits(radix);
      budget -= bits;
      if (budget < 0) {
        word = prf.hash(stream, ++words);
        budget = WORD_BUDGET - bits;
      }
      int sum = symbols[s] + Prf.choose(word, radix);
      symbols[s] = sum >= radix ? sum - radix : sum;
      word *= radix;
    }
  }

  /** The symbols {@code [begin, end)} as one number. It is meaningless if they need more bits. */
  private long pack(int begin, int end, int bits) {
    long number = 0;
    if (bits < Long.SIZE) {
      for (int s = begin; s < end; s++) {
        number = number * radixes[s] + symbols[s];
      }
    }
    return number;
  }

  /** A pseudo-random word that depends on the symbols {@code [begin, end)} or their number. */
  private long digest(long tweak, long number, int begin, int end, int bits) {
    return bits < Long.SIZE ? prf.hash(tweak, number) : digestBytes(tweak, begin, end);
  }

  private long digestBytes(long tweak, int begin, int end) {
    int at = 0;
    for (int s = begin; s < end; s++) {
      int symbol = symbols[s];
      packed[at++] = (byte) symbol;
      if (radixes[s] > 256) {
        packed[at++] = (byte) (symbol >>> 8);
        packed[at++] = (byte) (symbol >>> 16);
      }
    }
    return prf.hash(tweak, packed, 0, at);
  }
}
