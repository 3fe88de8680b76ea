package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The raw bytes of a source, read and digested by a thread of its own a few blocks ahead, so that
 * neither the network nor a digest holds up the decompression. One thread consumes.
 */
public final class ReadAhead implements AutoCloseable {
  private static final int BLOCK_SIZE = 256 * 1024;
  private static final int BLOCKS = 4;
  private static final byte[] NOTHING = new byte[0];

  /** What the reading thread hands over: bytes, or the end, or why there are no more. */
  private record Block(byte[] bytes, int length, @Nullable RuntimeException failure) {}

  private final String name;
  private final InputStream input;
  private final int head;
  private final List<MessageDigest> digests;
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
  private int made;
  private final Thread thread;
  private final AtomicLong taken = new AtomicLong();
  private byte @Nullable [] lent;
  private ByteBuffer current = ByteBuffer.wrap(NOTHING);
  private boolean ended;

  public ReadAhead(String name, InputStream input, int head, List<MessageDigest> digests) {
    this.name = name;
    this.input = input;
    this.head = head;
    this.digests = digests;
    this.thread = Thread.ofPlatform().daemon().name("decant-read").start(this::run);
  }

  /** Makes {@link #current} hold bytes. False at the end of the source. */
  public boolean advance() {
    while (!current.hasRemaining()) {
      if (ended) {
        return false;
      }
      next();
    }
    return true;
  }

  /** The bytes at hand; consuming them moves its position. */
  public ByteBuffer current() {
    return current;
  }

  /** The next byte, or -1 at the end. */
  int read() {
    return advance() ? current.get() & 0xff : -1;
  }

  /** Bytes handed over so far. For any thread. */
  public long taken() {
    return taken.get();
  }

  /** Consumes the rest, which must be zeros. False where another byte is found. */
  boolean onlyZerosFollow() {
    while (advance()) {
      if (current.get() != 0) {
        return false;
      }
    }
    return true;
  }

  private void next() {
    try {
      if (lent != null) {
        free.add(lent);
        lent = null;
      }
      Block block = full.take();
      if (block.failure() != null) {
        throw block.failure();
      }
      if (block.length() < 0) {
        ended = true;
        return;
      }
      lent = block.bytes();
      current = ByteBuffer.wrap(lent, 0, block.length());
      taken.addAndGet(block.length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(ErrorCode.CANCELLED, "Reading " + name + " was interrupted.", e);
    }
  }

  private void run() {
    try {
      try {
        pump();
      } catch (IOException e) {
        full.put(new Block(NOTHING, -1, unreadable(e)));
      } catch (RuntimeException e) {
        full.put(new Block(NOTHING, -1, e));
      } catch (Error e) {
        full.put(new Block(NOTHING, -1, broken(e)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits any more
    }
  }

  private void pump() throws IOException, InterruptedException {
    for (boolean first = true; ; first = false) {
      byte[] block = block();
      int length = read(block, first);
      if (length > 0) {
        digests.forEach(digest -> digest.update(block, 0, length));
      }
      full.put(new Block(block, length, null));
      if (length < 0) {
        return;
      }
    }
  }

  /** A block that was consumed, or a new one while there are few. */
  private byte[] block() throws InterruptedException {
    byte[] used = free.poll();
    if (used != null) {
      return used;
    }
    return made++ < BLOCKS ? new byte[BLOCK_SIZE] : free.take();
  }

  /** The first block holds at least what tells the content's kind, however torn the input is. */
  private int read(byte[] bytes, boolean first) throws IOException {
    if (!first) {
      return input.read(bytes);
    }
    int length = input.readNBytes(bytes, 0, head);
    return length == 0 ? -1 : length;
  }

  private DecantException unreadable(IOException e) {
    return new DecantException(
        ErrorCode.SOURCE_UNREADABLE,
        "Reading " + name + " failed: " + e.getMessage() + ". Check the disk or the pipe.",
        e);
  }

  private DecantException broken(Error e) {
    return new DecantException(
        e instanceof OutOfMemoryError ? ErrorCode.SOURCE_UNREADABLE : ErrorCode.BUG,
        "Reading " + name + " failed: " + e.getClass().getName() + ".",
        e);
  }

  /** Stops the reading thread and closes the input. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      input.close();
    } catch (IOException e) {
      // Nothing was written: there is nothing to lose.
    }
  }
}
