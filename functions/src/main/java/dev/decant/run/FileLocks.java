package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for locks of files and threads, but not for ever: the process that holds one may be
 * stopped, or wait itself.
 */
public final class FileLocks {
  private static final int ASKED_EACH_MILLIS = 20;

  private FileLocks() {}

  /**
   * Locks the file of a channel for this process. The end of the channel ends the lock.
   *
   * @param file for messages
   * @param code of the error where another process still has the lock after the patience
   * @throws DecantException that, or {@link ErrorCode#CANCELLED} where this thread is interrupted
   */
  public static FileLock lock(FileChannel channel, Path file, Duration patience, ErrorCode code)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end) {
        throw held(file, patience, code);
      }
      pause();
    }
  }

  /** As {@link #lock}, of a lock among the threads of this process. */
  public static void lock(ReentrantLock threads, Path file, Duration patience, ErrorCode code) {
    try {
      if (!threads.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw held(file, patience, code);
      }
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process has it
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(ASKED_EACH_MILLIS);
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private static DecantException cancelled() {
    Thread.currentThread().interrupt();
    return new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
  }

  private static DecantException held(Path file, Duration patience, ErrorCode code) {
    return new DecantException(
        code,
        "Another process of decant has held the lock "
            + file
            + " for "
            + patience.toSeconds()
            + " s. Wait for its end, or end it if it hangs; then run again.");
  }
}
