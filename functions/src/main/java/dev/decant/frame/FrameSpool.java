package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One local file where finished frames wait until all is verified. Any number of threads append and
 * read at once. The file is unlinked as soon as it is open where the system can do that, so that
 * nothing is left of it after a crash; else when it is closed.
 *
 * <p>The frames of a table that an SQL step changed stay in the file beside the new ones: they are
 * few, and a hole would not give the space back everywhere.
 *
 * <p>An interrupted thread closes the file for all threads (as every {@link FileChannel} does):
 * they end with {@link ErrorCode#CANCELLED}.
 */
public final class FrameSpool implements AutoCloseable {
  private static final String REMEDY =
      "Free some space, or name a folder on a larger disk by DECANT_WORK; in a function, give it"
          + " more ephemeral storage.";

  private final Path folder;
  private final FileChannel file;
  private final AtomicLong end = new AtomicLong();

  /** Makes the file in a folder that is there. */
  public FrameSpool(Path folder) {
    this(folder, create(folder));
  }

  FrameSpool(Path folder, FileChannel file) {
    this.folder = folder;
    this.file = file;
  }

  private static FileChannel create(Path folder) {
    try {
      return FileChannel.open(
          Files.createTempFile(folder, "decant-", ".spool"),
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      if (DiskFull.is(e)) {
        throw DiskFull.error(folder, 1, "frames", REMEDY, e);
      }
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "Cannot make the spool of frames in the work folder "
              + folder
              + ". Give a folder that can be written to, by DECANT_WORK.",
          e);
    }
  }

  /** Bytes in the file. */
  public long size() {
    return end.get();
  }

  /** Appends a frame. Its bytes are written when this returns. */
  public SpooledFrame append(
      Frame.Kind kind, @Nullable TableName table, long rows, CompressedFrame frame) {
    long offset = end.getAndAdd(frame.length());
    try {
      ByteBuffer bytes = ByteBuffer.wrap(frame.bytes(), 0, frame.length());
      while (bytes.hasRemaining()) {
        file.write(bytes, offset + bytes.position());
      }
    } catch (IOException e) {
      throw failed("write", e, frame.length());
    }
    return new SpooledFrame(
        kind, table, rows, offset, frame.length(), frame.textLength(), frame.sha256());
  }

  /** Reads a frame's compressed bytes, {@code frame.length()} of them, to the array's begin. */
  public void read(SpooledFrame frame, byte[] to) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(to, 0, frame.length());
      while (bytes.hasRemaining()) {
        if (file.read(bytes, frame.offset() + bytes.position()) < 0) {
          throw new IllegalArgumentException("not a frame of this spool: " + frame);
        }
      }
    } catch (IOException e) {
      throw failed("read", e, 0);
    }
  }

  /** Removes the file. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed("close", e, 0);
    }
  }

  private DecantException failed(String what, IOException e, int needed) {
    if (e instanceof ClosedChannelException) {
      return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.", e);
    }
    if (diskFull(e, needed)) {
      String frames =
          "the next frame, after " + size() / (1 << 20) + " MiB of frames that are there";
      return DiskFull.error(folder, needed, frames, REMEDY, e);
    }
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "Cannot " + what + " the spool of frames in the work folder " + folder + ".",
        e);
  }

  private boolean diskFull(IOException e, int needed) {
    if (DiskFull.is(e)) {
      return true;
    }
    try {
      return needed > 0 && Files.getFileStore(folder).getUsableSpace() < needed;
    } catch (IOException unknown) {
      return false;
    }
  }
}
