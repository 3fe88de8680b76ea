package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of another stream, for example of one that decompresses. */
public final class StreamBlocks implements ByteBlocks {
  private static final int BLOCK_SIZE = 64 * 1024;

  private final String name;
  private final InputStream in;
  private final ByteBuffer current = ByteBuffer.allocate(BLOCK_SIZE).limit(0);
  private long taken;

  /**
   * Reads from a stream of the caller, who closes it.
   *
   * @param name the source's name in messages
   */
  public StreamBlocks(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  @Override
  public boolean advance() {
    if (current.hasRemaining()) {
      return true;
    }
    try {
      int count = in.read(current.array());
      current.position(0).limit(Math.max(0, count));
      taken += Math.max(0, count);
      return count > 0;
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "Reading " + name + " failed: " + e.getMessage() + ". Check the disk or the network.",
          e);
    }
  }

  @Override
  public ByteBuffer current() {
    return current;
  }

  @Override
  public long taken() {
    return taken;
  }
}
