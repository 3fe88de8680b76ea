package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;

/**
 * Reads what {@link SealedOutput} wrote. Each byte that it returns was checked, and the end of the
 * stream is only reported if it is the end that was written. One thread uses it.
 */
public final class SealedInput extends BlockStream {
  private final SealedBlocks blocks;
  private final InputStream from;
  private final String name;
  private byte[] next;
  private byte[] text = new byte[0];
  private int at;
  private boolean begun;

  /**
   * @param name the file in messages
   */
  public SealedInput(byte[] key, InputStream from, String name) {
    this.blocks = SealedBlocks.opening(key);
    this.from = from;
    this.name = name;
    this.next = new byte[0];
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (at == text.length) {
      if (begun && next.length == 0) {
        return -1;
      }
      open();
    }
    int count = Math.min(length, text.length - at);
    System.arraycopy(text, at, bytes, offset, count);
    at += count;
    return count;
  }

  private void open() throws IOException {
    byte[] current = begun ? next : block();
    begun = true;
    next = current.length < SealedBlocks.TEXT + SealedBlocks.TAG ? new byte[0] : block();
    try {
      text = blocks.next(current, current.length, next.length == 0);
      at = 0;
    } catch (GeneralSecurityException e) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_DAMAGED,
          name
              + " is damaged, cut, or was made with another masking key. Nothing is published."
              + " Start the run again from its plan.");
    }
  }

  private byte[] block() throws IOException {
    return from.readNBytes(SealedBlocks.TEXT + SealedBlocks.TAG);
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
