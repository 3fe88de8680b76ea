package dev.decant.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/**
 * Encrypts a stream so that nobody without its key can read, change, shorten or extend it. It is
 * the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, Online Authenticated-Encryption
 * and its Nonce-Reuse Misuse-Resistance, 2015): blocks of AES-256-GCM whose nonces have the number
 * of the block and a mark of the last one. A key may be used for one stream only.
 *
 * <p>{@link #close} writes the last block. Without it a reader finds that the end is absent. The
 * target stays open. One thread uses it.
 */
public final class SealedOutput extends OutputStream {
  private final SealedBlocks blocks;
  private final Target to;
  private final byte[] block = new byte[SealedBlocks.TEXT];
  private int length;
  private boolean closed;

  /** Receives the bytes {@code [from, to)} of an array. */
  @FunctionalInterface
  public interface Target {
    void write(byte[] bytes, int from, int to) throws IOException;
  }

  /**
   * @param key 32 bytes that no other stream has
   */
  public SealedOutput(byte[] key, Target to) {
    this.blocks = SealedBlocks.sealing(key);
    this.to = to;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int at = offset;
    while (at < offset + count) {
      if (length == block.length) {
        send(false);
      }
      int part = Math.min(offset + count - at, block.length - length);
      System.arraycopy(bytes, at, block, length, part);
      length += part;
      at += part;
    }
  }

  private void send(boolean last) throws IOException {
    try {
      byte[] sealed = blocks.next(block, length, last);
      to.write(sealed, 0, sealed.length);
      length = 0;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      send(true);
    }
  }
}
