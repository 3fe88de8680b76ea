package dev.decant.dump;

import java.io.InputStream;
import java.util.SplittableRandom;

/**
 * A stream whose reads return 1 to {@code most} bytes, chosen by a seed, or whose reads are divided
 * at one given offset.
 */
final class TornInputStream extends InputStream {
  private final byte[] bytes;
  private final int most;
  private final int boundary;
  private final SplittableRandom random;
  private int at;

  private TornInputStream(byte[] bytes, int most, int boundary, long seed) {
    this.bytes = bytes;
    this.most = most;
    this.boundary = boundary;
    this.random = new SplittableRandom(seed);
  }

  static TornInputStream shortReads(byte[] bytes, int most, long seed) {
    return new TornInputStream(bytes, most, -1, seed);
  }

  static TornInputStream tornAt(byte[] bytes, int boundary) {
    return new TornInputStream(bytes, Integer.MAX_VALUE - 1, boundary, 0);
  }

  @Override
  public int read() {
    return at == bytes.length ? -1 : bytes[at++] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int count) {
    if (at == bytes.length) {
      return -1;
    }
    int wanted = boundary < 0 ? 1 + random.nextInt(most) : at < boundary ? boundary - at : count;
    int given = Math.min(Math.min(wanted, count), bytes.length - at);
    System.arraycopy(bytes, at, target, from, given);
    at += given;
    return given;
  }
}
