package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded server: {@code BASE/run-ID}. Its {@code owner.lock} is locked while
 * the process that made it lives, so whoever gets the lock knows that the owner is dead, kill -9
 * included. A folder is made under another name and renamed once locked: the sweeper never sees one
 * unlocked that is alive.
 */
final class RunFolder implements AutoCloseable {
  private static final String PREFIX = "run-";
  private static final String NEW_PREFIX = "new-";
  private static final Duration NEW_FOR = Duration.ofHours(1);
  private static final String LOCK = "owner.lock";

  /**
   * Folders of this very process. Their lock files must not be opened again: where locks are
   * POSIX's, closing any descriptor of a file gives up all locks that the process has on it.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private RunFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** The folder of all runs of this account, made when missing. */
  static Path base(ScratchOptions options, ServerUser user) {
    Path base = options.runFolder().toAbsolutePath().resolve("decant-postgres-" + ownUid());
    try {
      Files.createDirectories(options.runFolder());
      user.mustReach(options.runFolder().toAbsolutePath(), "DECANT_WORK");
      try {
        Folders.create(base, "rwx--x--x");
      } catch (FileAlreadyExistsException e) {
        mustBeOurs(base);
      }
      return base.toRealPath();
    } catch (IOException e) {
      throw new DecantException(ErrorCode.SCRATCH_FAILED, "cannot make folder " + base, e);
    }
  }

  private static long ownUid() {
    return new com.sun.security.auth.module.UnixSystem().getUid();
  }

  /** In a folder that everybody may write, somebody else may have been first. */
  private static void mustBeOurs(Path base) throws IOException {
    Object owner = Files.getAttribute(base, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (((Integer) owner).longValue() != ownUid()
        || !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED, base + " belongs to somebody else: set DECANT_WORK");
    }
    Folders.permit(base, "rwx--x--x");
  }

  static RunFolder create(Path base) throws IOException {
    String id = UUID.randomUUID().toString();
    Path unlocked = Folders.create(base.resolve(NEW_PREFIX + id), "rwx--x--x");
    FileChannel lock =
        FileChannel.open(
            Files.createFile(
                unlocked.resolve(LOCK),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
            StandardOpenOption.WRITE);
    lock.lock();
    Path path = base.resolve(PREFIX + id);
    OURS.add(path);
    return new RunFolder(Files.move(unlocked, path), lock);
  }

  /** The folders whose owners are dead, each locked for us: the caller removes and closes them. */
  static List<RunFolder> dead(Path base) throws IOException {
    List<RunFolder> dead = new ArrayList<>();
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path run : runs) {
        if (!OURS.contains(run)) {
          lockIfDead(run, dead);
        }
      }
    }
    removeHalfMade(base);
    return dead;
  }

  /** Folders of processes that died between making one and locking it: empty, a lock file aside. */
  private static void removeHalfMade(Path base) throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(NEW_FOR));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, NEW_PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder).compareTo(limit) < 0) {
          Folders.delete(folder);
        }
      }
    }
  }

  private static void lockIfDead(Path run, List<RunFolder> dead) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      // The lock goes last: somebody is removing the folder, or died doing so.
      Folders.delete(run);
      return;
    }
    FileLock taken = tryLock(channel);
    if (taken == null) {
      channel.close();
    } else {
      dead.add(new RunFolder(run, channel));
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of ours is sweeping it.
      return null;
    }
  }

  Path path() {
    return path;
  }

  /** What belongs to the server's account. */
  Path serverFolder() {
    return path.resolve("server");
  }

  Path data() {
    return serverFolder().resolve("data");
  }

  Path log() {
    return path.resolve("server.log");
  }

  /** Removes the folder, then gives up the lock. */
  @Override
  public void close() throws IOException {
    try {
      Folders.delete(serverFolder());
      Folders.delete(log());
      Folders.delete(path);
    } finally {
      lock.close();
      OURS.remove(path);
    }
  }
}
