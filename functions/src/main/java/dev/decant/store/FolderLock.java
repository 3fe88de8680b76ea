package dev.decant.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a folder store, held while a small object is compared and replaced: between processes
 * by a lock on {@code .decant.lock}, which the system frees when a process dies; between this
 * process's threads by a lock of its own, because file locks belong to processes.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = StoreKey.RESERVED + ".lock";
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static FolderLock take(Path root) throws IOException {
    THREADS.lock();
    boolean taken = false;
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(root.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FolderLock held = new FolderLock(channel, channel.lock());
      taken = true;
      return held;
    } finally {
      if (!taken) {
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
