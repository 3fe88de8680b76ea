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
 * Waits for file locks with a time limit. The limit is necessary because the process that holds the
 * lock may be suspended, or may itself wait for something.
 */
public final class FileLocks {
  private static final int RETRY_MILLIS = 20;

  private FileLocks() {}

  /**
   * Locks the file of a channel for this process. Closing the channel releases the lock.
   *
   * @param file the file's path, for messages
   * @param patience how long to wait
   * @param code the code of the error that is thrown if another process still holds the lock then
   * @throws DecantException with that code, or {@link ErrorCode#CANCELLED} if this thread is
   *     interrupted
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

  /** Takes a lock among the threads of this process, with the same time limit and errors. */
  public static void lock(ReentrantLock threads, Path file, Duration patience, ErrorCode code) {
    try {
      if (!threads.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw held(file, patience, code);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Another thread of this process holds the lock.
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static DecantException interrupted() {
    Thread.currentThread().interrupt();
    return Failures.cancelled();
  }

  private static DecantException held(Path file, Duration patience, ErrorCode code) {
    return new DecantException(
        code,
        "Another process of decant has held the lock "
            + file
            + " for "
            + patience.toSeconds()
            + " s. Wait until it has finished, or end it if it hangs. Then run decant again.");
  }
}
