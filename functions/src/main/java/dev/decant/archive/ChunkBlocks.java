package dev.decant.archive;

import dev.decant.stream.ByteBlocks;
import java.nio.ByteBuffer;

/**
 * The bytes of one block of a custom archive, which is a sequence of chunks. Each has its length
 * before it, and a chunk of length 0 is the last one. The bytes are not copied.
 */
final class ChunkBlocks implements ByteBlocks {
  private final ArchiveInput input;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private int left;
  private boolean ended;

  ChunkBlocks(ArchiveInput input) {
    this.input = input;
  }

  @Override
  public boolean advance() {
    while (!current.hasRemaining() && !ended) {
      if (left == 0) {
        nextChunk();
      } else {
        current = input.take(left);
        left -= current.remaining();
      }
    }
    return current.hasRemaining();
  }

  private void nextChunk() {
    left = input.integer();
    if (left < 0) {
      throw ArchiveProblem.damaged(input.name(), "the length of a chunk is negative");
    }
    ended = left == 0;
  }

  /** Consumes the rest without using it. */
  void skip() {
    while (advance()) {
      current.position(current.limit());
    }
  }

  @Override
  public ByteBuffer current() {
    return current;
  }

  @Override
  public long taken() {
    return input.raw().taken();
  }
}
