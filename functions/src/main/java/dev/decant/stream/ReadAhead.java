package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.Channel;
import dev.decant.run.TaskGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The raw bytes of a source. A thread reads them a few blocks ahead and feeds them to digests, so
 * that neither the network nor a digest holds up the decompression. Only one thread may consume the
 * bytes.
 */
public final class ReadAhead implements ByteBlocks, AutoCloseable {
  private static final int BLOCK_SIZE = 256 * 1024;
  private static final int BLOCKS = 4;

  private record Block(byte[] bytes, int length) {}

  private final String name;
  private final InputStream input;
  private final int head;
  private final List<MessageDigest> digests;
  private final TaskGroup group = new TaskGroup("decant-read", () -> {});
  private final Channel<Block> full = new Channel<>(group, BLOCKS);
  private final Channel<byte[]> free = new Channel<>(group, BLOCKS);
  private final AtomicLong taken = new AtomicLong();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  /**
   * Starts to read.
   *
   * @param name the source's name in messages
   * @param input is read to its end and closed with this
   * @param head the first block has at least so many bytes, unless the source is shorter
   * @param digests get all bytes; their values are complete once {@link #advance} returned false
   */
  public ReadAhead(String name, InputStream input, int head, List<MessageDigest> digests) {
    this.name = name;
    this.input = input;
    this.head = head;
    this.digests = digests;
    group.start(this::readAll);
  }

  /** Makes {@link #current} hold bytes. Returns false at the end of the source. */
  @Override
  public boolean advance() {
    while (!current.hasRemaining() && !ended) {
      next();
    }
    return current.hasRemaining();
  }

  /** The bytes that were read and not consumed. To consume bytes, move the buffer's position. */
  @Override
  public ByteBuffer current() {
    return current;
  }

  /** The number of bytes that the consumer got so far. Any thread may ask. */
  @Override
  public long taken() {
    return taken.get();
  }

  private void next() {
    if (current.capacity() > 0) {
      free.put(current.array());
      current = ByteBuffer.allocate(0);
    }
    Block block = full.take();
    if (block == null) {
      ended = true;
      return;
    }
    current = ByteBuffer.wrap(block.bytes(), 0, block.length());
    taken.addAndGet(block.length());
  }

  private void readAll() {
    try {
      byte[] block = new byte[BLOCK_SIZE];
      int length = input.readNBytes(block, 0, head);
      for (int made = 1; length > 0; made++) {
        byte[] bytes = block;
        int count = length;
        digests.forEach(digest -> digest.update(bytes, 0, count));
        full.put(new Block(bytes, count));
        block = made < BLOCKS ? new byte[BLOCK_SIZE] : takeFree();
        length = input.read(block);
      }
      full.finish();
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "Reading " + name + " failed: " + e.getMessage() + ". Check the disk or the pipe.",
          e);
    } catch (OutOfMemoryError e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "Reading "
              + name
              + " failed because the memory is used up. Give the JVM a larger heap (-Xmx).",
          e);
    }
  }

  private byte[] takeFree() {
    byte[] block = free.take();
    if (block == null) {
      throw new IllegalStateException("free blocks never end");
    }
    return block;
  }

  /**
   * Stops the reading thread and closes the input. It does not wait for the thread, because no
   * interrupt ends a read from standard input.
   */
  @Override
  public void close() {
    group.fail(new DecantException(ErrorCode.CANCELLED, "Reading " + name + " was stopped."));
    try {
      input.close();
    } catch (IOException e) {
      // Nothing was written, so nothing can be lost.
    }
  }
}
