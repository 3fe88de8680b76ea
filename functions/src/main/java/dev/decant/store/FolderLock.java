package dev.decant.store;

import dev.decant.error.ErrorCode;
import dev.decant.run.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a folder store. A thread holds it while it compares and replaces a small object. A
 * file lock on {@code .decant.lock} keeps other processes out; the system frees it when a process
 * dies. File locks belong to whole processes, so a second lock keeps the other threads of this
 * process out.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = StoreKey.RESERVED + ".lock";

  /** This is plenty, because the lock is only held while one small object is written. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static FolderLock take(Path root) throws IOException {
    Path file = root.resolve(NAME);
    FileLocks.lock(THREADS, file, PATIENCE, ErrorCode.STORE_FAILED);
    FileChannel channel = null;
    FolderLock held = null;
    try {
      Files.createDirectories(root);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      held =
          new FolderLock(channel, FileLocks.lock(channel, file, PATIENCE, ErrorCode.STORE_FAILED));
      return held;
    } finally {
      if (held == null) {
        if (channel != null) {
          channel.close();
        }
        THREADS.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      THREADS.unlock();
    }
  }
}
