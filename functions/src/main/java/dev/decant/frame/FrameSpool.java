package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import dev.decant.store.SnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A local file in which finished frames wait until everything is verified. Any number of threads
 * may append and read at the same time. If the system allows it, the file is unlinked as soon as it
 * is open, so that nothing is left of it after a crash. Otherwise it is removed when it is closed.
 *
 * <p>Frames that other processes made may wait in a store instead. The spool reads them from there,
 * and checks each against its digest whenever it is read.
 *
 * <p>If an SQL step changed a table, its old frames stay in the file beside the new ones. They are
 * few, and not every file system gives the space of a hole back.
 *
 * <p>If a thread is interrupted, {@link FileChannel} closes the file for all threads, and they end
 * with {@link ErrorCode#CANCELLED}.
 */
public final class FrameSpool implements AutoCloseable {
  private static final String REMEDY =
      "Free some space, or set --work or DECANT_WORK to a folder on a larger disk. In a function,"
          + " increase the ephemeral storage.";

  private final Path folder;
  private final FileChannel file;
  private final @Nullable SnapshotStore store;
  private final AtomicLong end = new AtomicLong();

  /** Makes the file in an existing folder. */
  public FrameSpool(Path folder) {
    this(folder, create(folder), null);
  }

  /** Makes the file in an existing folder, for frames of which some wait in a store. */
  public FrameSpool(Path folder, SnapshotStore store) {
    this(folder, create(folder), store);
  }

  FrameSpool(Path folder, FileChannel file) {
    this(folder, file, null);
  }

  private FrameSpool(Path folder, FileChannel file, @Nullable SnapshotStore store) {
    this.folder = folder;
    this.file = file;
    this.store = store;
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
          "The spool of frames could not be created in the work folder "
              + folder
              + ". Set --work or DECANT_WORK to a folder that this user can write to.",
          e);
    }
  }

  /** The size of the file in bytes. */
  public long size() {
    return end.get();
  }

  /** Appends a frame. When this returns, its bytes are written. */
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

  /**
   * Reads the {@code frame.length()} compressed bytes of a frame into the beginning of an array.
   */
  public void read(SpooledFrame frame, byte[] to) {
    if (frame.key() != null) {
      byte[] stored =
          new StoredFrames(Objects.requireNonNull(store), frame.key())
              .read(frame.at(frame.offset()));
      System.arraycopy(stored, 0, to, 0, stored.length);
      return;
    }
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
          "the next frame, after " + size() / (1 << 20) + " MiB of frames that are written";
      return DiskFull.error(folder, needed, frames, REMEDY, e);
    }
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "decant could not "
            + what
            + " the spool of frames in the work folder "
            + folder
            + ". Check its disk.",
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
