package dev.decant.mask.builtin;

import dev.decant.mask.cipher.Prf;
import dev.decant.mask.value.WellKnownBinary;

/**
 * Moves places by at least half of a distance and at most the whole distance, in a direction that
 * the key and the raw value choose. All places of one value move by the same vector. Sine and
 * cosine are those of {@link StrictMath}, so every machine gives the same places.
 */
final class PlaceShift implements WellKnownBinary.Places {
  /** A degree of latitude in meters, on a sphere of the earth's mean radius. */
  private static final double DEGREE = 111_195;

  /** Near larger numbers a move would be lost, so they become 0, as do NaN and infinity. */
  private static final double LARGEST = 1e11;

  private static final double LEAST_COSINE = 0.01;
  private static final int[] DEGREE_SYSTEMS = {0, 4326, 4258, 4269, 4267, 4979, 4937};

  private final Prf prf;
  private final double meters;
  private double east;
  private double north;
  private double moveX;
  private double moveY;
  private boolean first;
  private boolean degrees;
  private double x;
  private double y;

  PlaceShift(Prf prf, double meters) {
    this.prf = prf;
    this.meters = meters;
  }

  /** Chooses the vector for a value. It must be called before the places of the value move. */
  void choose(byte[] value, int from, int to) {
    double angle = 2 * Math.PI * unit(prf.hash(1, value, from, to));
    double distance = meters * (0.5 + 0.5 * unit(prf.hash(2, value, from, to)));
    east = distance * StrictMath.cos(angle);
    north = distance * StrictMath.sin(angle);
    first = true;
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  @Override
  public void move(int system, double givenX, double givenY) {
    double rawX = usable(givenX);
    double rawY = usable(givenY);
    if (first) {
      first = false;
      degrees =
          java.util.Arrays.stream(DEGREE_SYSTEMS).anyMatch(s -> s == system)
              && Math.abs(rawX) <= 180
              && Math.abs(rawY) <= 90;
      double cosine = Math.max(LEAST_COSINE, StrictMath.cos(StrictMath.toRadians(rawY)));
      moveX = degrees ? inside(rawX, east / (DEGREE * cosine), 180) : east;
      moveY = degrees ? inside(rawY, north / DEGREE, 90) : north;
    }
    x = degrees ? Math.clamp(rawX + moveX, -180, 180) : rawX + moveX;
    y = degrees ? Math.clamp(rawY + moveY, -90, 90) : rawY + moveY;
  }

  private static double usable(double coordinate) {
    return Math.abs(coordinate) < LARGEST ? coordinate : 0;
  }

  /** The move, or the one in the other direction if it would leave the range. */
  private static double inside(double from, double move, double limit) {
    return Math.abs(from + move) > limit ? -move : move;
  }

  @Override
  public double x() {
    return x;
  }

  @Override
  public double y() {
    return y;
  }
}
