package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.run.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder of entries that are made once and used by every later run. An entry is a folder. It is
 * filled under another name, its files are listed, and then it is renamed. All this happens under a
 * lock that other processes respect, so that nobody sees an incomplete entry. A damaged entry is
 * made again.
 */
final class CacheFolder {
  /** A lock between the threads of this process, because file locks belong to the process. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  /**
   * The longest wait for the lock. Unpacking an archive takes seconds, or a minute on a slow disk.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The approximate size of an installation of PostgreSQL and an empty server. */
  private static final long BYTES = 100L << 20;

  private final Path path;

  CacheFolder(Path path) {
    this.path = path;
  }

  /** Fills a new empty folder. */
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /** The entry with this name, which is made first if it is missing or incomplete. */
  Path get(String name, Filler filler) {
    Path thing = path.resolve(name);
    if (!CachedFileList.complete(thing)) {
      locked(
          () -> {
            if (!CachedFileList.complete(thing)) {
              make(thing, filler);
            }
          });
    }
    return thing;
  }

  /** Removes the entries whose content has changed. Returns whether there were any. */
  boolean forgetDamaged() {
    List<Path> damaged = damaged();
    if (!damaged.isEmpty()) {
      locked(
          () -> {
            for (Path thing : damaged) {
              Folders.delete(thing);
            }
          });
    }
    return !damaged.isEmpty();
  }

  private List<Path> damaged() {
    List<Path> damaged = new ArrayList<>();
    try (DirectoryStream<Path> things = Files.newDirectoryStream(path, "[!.]*")) {
      for (Path thing : things) {
        if (!CachedFileList.intact(thing)) {
          damaged.add(thing);
        }
      }
    } catch (IOException e) {
      // The cache does not exist or cannot be repaired. The caller reports its own error.
      return List.of();
    }
    return damaged;
  }

  private void make(Path thing, Filler filler) throws IOException {
    Path half = Folders.create(path.resolve(".half-" + UUID.randomUUID()), "rwx--x--x");
    try {
      filler.fill(half);
      CachedFileList.write(half);
      Folders.delete(thing);
      Files.move(half, thing);
    } finally {
      Folders.delete(half);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void locked(Work work) {
    Path file = path.resolve(".lock");
    FileLocks.lock(THREADS, file, PATIENCE, ErrorCode.SCRATCH_FAILED);
    try {
      makeSelf();
      try (FileChannel lock =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        var _ = FileLocks.lock(lock, file, PATIENCE, ErrorCode.SCRATCH_FAILED);
        removeHalves();
        work.run();
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      if (DiskFull.is(e)) {
        throw DiskFull.error(
            path,
            BYTES,
            "the programs of the embedded PostgreSQL and an empty server",
            "Free some space, or name a folder on a larger disk with DECANT_CACHE.",
            e);
      }
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The embedded PostgreSQL cannot be prepared in "
              + path
              + " ("
              + (e instanceof AccessDeniedException ? "this account may not open " : "")
              + e.getMessage()
              + "). Choose another folder with DECANT_CACHE.",
          e);
    } finally {
      THREADS.unlock();
    }
  }

  private void makeSelf() throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      if (parent.getParent() != null) {
        Files.createDirectories(parent.getParent());
      }
      makeShared(parent);
    }
    makeShared(path);
  }

  /**
   * Makes a folder that the server's account can pass through. It is renamed at the end, so that no
   * other process sees it without this permission.
   */
  private static void makeShared(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path made = Folders.create(folder.resolveSibling(".made-" + UUID.randomUUID()), "rwxr-xr-x");
      try {
        Files.move(made, folder);
      } catch (FileAlreadyExistsException e) {
        Files.delete(made);
      }
    }
  }

  /** Removes unfinished entries. The lock is held, so nobody is filling them. */
  private void removeHalves() throws IOException {
    try (var halves = Files.newDirectoryStream(path, ".half-*")) {
      for (Path half : halves) {
        Folders.delete(half);
      }
    }
  }
}
