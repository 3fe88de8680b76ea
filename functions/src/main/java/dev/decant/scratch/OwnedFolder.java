package dev.decant.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder {@code BASE/PREFIX-ID} that belongs to one process. Its file {@code owner.lock} is
 * locked as long as the process lives. So a process that gets the lock knows that the owner is
 * dead, even after a kill -9. A folder is made under another name and renamed after it was locked,
 * so that a sweeper never sees an unlocked folder of a living owner.
 */
public final class OwnedFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedFolder.class);
  private static final String NEW = "new-";
  private static final Duration NEW_FOR = Duration.ofHours(1);
  private static final String LOCK = "owner.lock";

  /**
   * The folders of this process. Their lock files must not be opened again, because with POSIX
   * locks a process loses all locks on a file when it closes any descriptor of the file.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private OwnedFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes a folder that only this account may enter, in an existing folder. */
  public static OwnedFolder create(Path base, String prefix) throws IOException {
    return create(base, prefix, "rwx------");
  }

  static OwnedFolder create(Path base, String prefix, String permissions) throws IOException {
    Path real = base.toRealPath();
    String id = UUID.randomUUID().toString();
    Path unlocked = Folders.create(real.resolve(NEW + prefix + id), permissions);
    FileChannel lock =
        FileChannel.open(
            Files.createFile(
                unlocked.resolve(LOCK),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
            StandardOpenOption.WRITE);
    lock.lock();
    Path path = real.resolve(prefix + id);
    OURS.add(path);
    return new OwnedFolder(Files.move(unlocked, path), lock);
  }

  /**
   * Removes the folders of dead owners. Returns how many there were. A failure is only logged, and
   * the next run tries again, perhaps with more rights.
   */
  public static int sweep(Path base, String prefix) {
    int swept = 0;
    try {
      for (OwnedFolder folder : dead(base, prefix)) {
        folder.close();
        swept++;
      }
    } catch (IOException e) {
      LOG.warn("The files of a dead run in {} cannot be removed: {}", base, e.getMessage());
    }
    return swept;
  }

  /**
   * The folders whose owners are dead. Each is locked for the caller, who closes it. Folders of
   * other accounts and links are ignored, because anybody may write to a folder for temporary
   * files.
   */
  static List<OwnedFolder> dead(Path base, String prefix) throws IOException {
    Path real = base.toRealPath();
    List<OwnedFolder> dead = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(real, prefix + "*")) {
      for (Path folder : folders) {
        if (!OURS.contains(folder) && isOfThisAccount(folder)) {
          OwnedFolder locked = lockIfDead(folder);
          if (locked != null) {
            dead.add(locked);
          }
        }
      }
    }
    removeHalfMade(real, NEW + prefix);
    return dead;
  }

  /** Removes the folders of processes that died before they had locked them. They hold no data. */
  private static void removeHalfMade(Path base, String prefix) throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(NEW_FOR));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, prefix + "*")) {
      for (Path folder : folders) {
        if (isOfThisAccount(folder) && Files.getLastModifiedTime(folder).compareTo(limit) < 0) {
          Folders.delete(folder);
        }
      }
    }
  }

  private static boolean isOfThisAccount(Path folder) throws IOException {
    try {
      Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && ((Integer) owner).longValue() == ownUid();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static long ownUid() {
    return new com.sun.security.auth.module.UnixSystem().getUid();
  }

  /**
   * The locked folder, or null if the owner lives or if the folder had no lock file and was
   * removed.
   */
  private static @Nullable OwnedFolder lockIfDead(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      // The lock file is removed last, so another process is removing the folder or died while it
      // did. Older versions of decant also left empty folders.
      Folders.delete(folder);
      return null;
    }
    FileLock taken = null;
    try {
      taken = tryLock(channel);
    } finally {
      if (taken == null) {
        channel.close();
      }
    }
    return taken == null ? null : new OwnedFolder(folder, channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process is removing it.
      return null;
    }
  }

  public Path path() {
    return path;
  }

  /** Removes the folder with its content, and then releases the lock. */
  @Override
  public void close() throws IOException {
    try {
      Folders.delete(path);
    } finally {
      lock.close();
      OURS.remove(path);
    }
  }
}
