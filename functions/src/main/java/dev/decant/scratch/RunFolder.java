package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The folder of one embedded server: {@code BASE/run-ID}, an {@link OwnedFolder}. */
final class RunFolder implements AutoCloseable {
  private static final String PREFIX = "run-";

  private final OwnedFolder folder;

  private RunFolder(OwnedFolder folder) {
    this.folder = folder;
  }

  /** The folder of all runs of this account, made when missing. */
  static Path base(ScratchOptions options, ServerUser user) {
    Path base =
        options.runFolder().toAbsolutePath().resolve("decant-postgres-" + OwnedFolder.ownUid());
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

  /** In a folder that everybody may write, somebody else may have been first. */
  private static void mustBeOurs(Path base) throws IOException {
    Object owner = Files.getAttribute(base, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (((Integer) owner).longValue() != OwnedFolder.ownUid()
        || !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED, base + " belongs to somebody else: set DECANT_WORK");
    }
    Folders.permit(base, "rwx--x--x");
  }

  static RunFolder create(Path base) throws IOException {
    return new RunFolder(OwnedFolder.create(base, PREFIX, "rwx--x--x"));
  }

  /** The folders whose owners are dead, each locked for us: the caller removes and closes them. */
  static List<RunFolder> dead(Path base) throws IOException {
    return OwnedFolder.dead(base, PREFIX).stream().map(RunFolder::new).toList();
  }

  Path path() {
    return folder.path();
  }

  /** What belongs to the server's account. */
  Path serverFolder() {
    return path().resolve("server");
  }

  Path data() {
    return serverFolder().resolve("data");
  }

  Path log() {
    return path().resolve("server.log");
  }

  /** Removes the folder, then gives up the lock. */
  @Override
  public void close() throws IOException {
    try (folder) {
      Folders.delete(serverFolder());
      Folders.delete(log());
    }
  }
}
