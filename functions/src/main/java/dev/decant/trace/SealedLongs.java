package dev.decant.trace;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A temporary file of longs that is encrypted with a random key of this object (AES-128 in counter
 * mode), so that its content is worth nothing without the memory of the run. It is unlinked as soon
 * as it is open where the system allows it. Any number of threads may append, and then any number
 * may read.
 */
final class SealedLongs implements AutoCloseable {
  /** The longs of a block, which is written and read as a whole; a multiple of two and three. */
  static final int BLOCK = 6 * 1024;

  private static final int BYTES = BLOCK * Long.BYTES;
  private static final int PIECE = 1024;

  private final Path folder;
  private final FileChannel file;
  private final SecretKeySpec key;
  private final AtomicLong blocks = new AtomicLong();
  private final AtomicLong longs = new AtomicLong();

  SealedLongs(Path folder, SecureRandom random) {
    this.folder = folder;
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, "AES");
    try {
      file =
          FileChannel.open(
              Files.createTempFile(folder, "decant-", ".trace"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failed("create", e);
    }
  }

  /** The number of longs that were appended. */
  long size() {
    return longs.get();
  }

  /** Receives the longs of a block; the array is valid during the call. */
  interface Reader {
    void read(long[] block, int length);
  }

  /** Collects the longs of one thread. The thread must call {@link #flush} at its end. */
  final class Writer {
    private final long[] block = new long[BLOCK];
    private int length;

    void append(long a, long b) {
      block[length] = a;
      block[length + 1] = b;
      length += 2;
      if (length == BLOCK) {
        flush();
      }
    }

    void append(long a, long b, long c) {
      block[length] = a;
      block[length + 1] = b;
      block[length + 2] = c;
      length += 3;
      if (length == BLOCK) {
        flush();
      }
    }

    void flush() {
      if (length > 0) {
        write(block, length);
        length = 0;
      }
    }
  }

  /** Appends a block. Blocks that are not full are padded with zeros, which are no fingerprint. */
  private void write(long[] block, int length) {
    ByteBuffer plain = ByteBuffer.allocate(BYTES);
    plain.order(ByteOrder.nativeOrder()).asLongBuffer().put(block, 0, length);
    long number = blocks.getAndIncrement();
    longs.addAndGet(length);
    try {
      ByteBuffer sealed = ByteBuffer.wrap(crypt(number, plain.array()));
      long offset = number * BYTES;
      while (sealed.hasRemaining()) {
        file.write(sealed, offset + sealed.position());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode is not available", e);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  /** Reads all longs, after all writers were flushed. */
  void read(Reader reader) {
    read(reader, 0, 1);
  }

  /**
   * Reads the longs of each block whose number has this remainder, so that several threads may
   * share the blocks.
   */
  void read(Reader reader, int remainder, int divisor) {
    long[] block = new long[BLOCK];
    byte[] bytes = new byte[BYTES];
    try {
      for (long number = remainder; number < blocks.get(); number += divisor) {
        ByteBuffer sealed = ByteBuffer.wrap(bytes);
        while (sealed.hasRemaining()) {
          if (file.read(sealed, number * BYTES + sealed.position()) < 0) {
            throw new IllegalStateException("The file is shorter than what was written.");
          }
        }
        ByteBuffer plain = ByteBuffer.wrap(crypt(number, bytes)).order(ByteOrder.nativeOrder());
        plain.asLongBuffer().get(block);
        reader.read(block, BLOCK);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode is not available", e);
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** Encrypts or decrypts a block. Small pieces are compiled sooner, and then they are fast. */
  private byte[] crypt(long number, byte[] bytes) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    byte[] iv = ByteBuffer.allocate(16).putLong(number).array();
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    byte[] result = new byte[BYTES];
    for (int at = 0; at < BYTES; at += PIECE) {
      cipher.update(bytes, at, PIECE, result, at);
    }
    return result;
  }

  private DecantException failed(String what, IOException e) {
    if (e instanceof ClosedChannelException) {
      return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.", e);
    }
    if (DiskFull.is(e)) {
      return DiskFull.error(
          folder,
          BYTES,
          "fingerprints of the leak trace",
          "Free some space, or set --work or DECANT_WORK to a folder on a larger disk. In a"
              + " function, increase the ephemeral storage.",
          e);
    }
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "decant could not "
            + what
            + " a file of the leak trace in the work folder "
            + folder
            + ". Check its disk, or set --work or DECANT_WORK to another folder.",
        e);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed("close", e);
    }
  }
}
