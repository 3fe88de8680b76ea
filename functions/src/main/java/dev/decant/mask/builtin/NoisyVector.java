package dev.decant.mask.builtin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.decant.copy.Bytes;
import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.Coordinates;

/**
 * Adds normally distributed noise to the numbers of a vector as pgvector writes it: {@code
 * [1,2,3]}, or {@code {1:0.5,7:2}/9} for a sparse vector, whose other numbers stay 0. The key and
 * the whole raw value choose the noise. Logarithm and cosine are those of {@link StrictMath}, so
 * every machine gives the same numbers. Only one thread may use an instance.
 */
final class NoisyVector {
  private final Prf prf;
  private final double share;
  private final double fixed;
  private final double largest;

  private double squares;
  private int count;

  /**
   * @param share of the root mean square of a vector's numbers that is the standard deviation
   * @param fixed the standard deviation for all vectors, or 0
   * @param largest the largest number of the type
   */
  NoisyVector(Prf prf, double share, double fixed, double largest) {
    this.prf = prf;
    this.share = share;
    this.fixed = fixed;
    this.largest = largest;
  }

  /**
   * Appends the changed vector.
   *
   * @throws IllegalArgumentException if the value is not a vector
   */
  void append(byte[] value, int from, int to, Bytes out) {
    boolean sparse = from < to && value[from] == '{';
    int end = end(value, from, to, sparse ? (byte) '}' : (byte) ']');
    measure(value, from + 1, end, sparse);
    double deviation = fixed > 0 ? fixed : share * Math.sqrt(squares / Math.max(1, count));
    long seed = prf.hash(value, from, to);
    out.append(value[from]);
    int number = 0;
    for (int i = from + 1; i < end; number++) {
      int begin = sparse ? after(value, i, end, (byte) ':') : i;
      out.append(value, i, begin);
      int comma = until(value, begin, end, (byte) ',');
      double changed = number(value, begin, comma) + deviation * normal(seed, number);
      String text = Float.toString((float) Math.clamp(changed, -largest, largest));
      out.append(text.getBytes(US_ASCII), 0, text.length());
      if (comma < end) {
        out.append((byte) ',');
      }
      i = comma + 1;
    }
    out.append(value, end, to);
  }

  /** The position of the bracket that ends the numbers. */
  private static int end(byte[] value, int from, int to, byte bracket) {
    int end = until(value, from, to, bracket);
    boolean begins = from < to && (value[from] == '[' || value[from] == '{');
    boolean ends = bracket == ']' ? end == to - 1 : end + 2 < to && value[end + 1] == '/';
    if (!begins || !ends) {
      throw new IllegalArgumentException("The value is not a vector as pgvector writes it.");
    }
    return end;
  }

  private void measure(byte[] value, int from, int end, boolean sparse) {
    squares = 0;
    count = 0;
    for (int i = from; i < end; count++) {
      int begin = sparse ? after(value, i, end, (byte) ':') : i;
      int comma = until(value, begin, end, (byte) ',');
      double number = number(value, begin, comma);
      squares += number * number;
      i = comma + 1;
    }
  }

  private static double number(byte[] value, int from, int to) {
    try {
      return Coordinates.parse(value, from, to);
    } catch (NumberFormatException e) {
      // The exception's message contains the value.
      throw new IllegalArgumentException("The value is not a vector as pgvector writes it.");
    }
  }

  private static int until(byte[] value, int from, int to, byte wanted) {
    int i = from;
    while (i < to && value[i] != wanted) {
      i++;
    }
    return i;
  }

  private static int after(byte[] value, int from, int to, byte wanted) {
    return Math.min(to, until(value, from, to, wanted) + 1);
  }

  /** A number of the standard normal distribution, by the method of Box and Muller. */
  private double normal(long seed, int number) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(prf.hash(seed, 2L * number))));
    return radius * StrictMath.cos(2 * Math.PI * unit(prf.hash(seed, 2L * number + 1)));
  }

  /** A number from 0 to 1, which is not included. */
  private static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }
}
