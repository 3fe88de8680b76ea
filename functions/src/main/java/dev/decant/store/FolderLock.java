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
 * The lock of a folder store, held while a small object is compared and replaced: between processes
 * by a lock on {@code .decant.lock}, which the system frees when a process dies; between this
 * process's threads by a lock of its own, because file locks belong to processes.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = StoreKey.RESERVED + ".lock";

  /** The lock is held while one small object is written. */
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
