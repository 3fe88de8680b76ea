package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The folder {@code BASE/run-ID} of one embedded server. It is an {@link OwnedFolder}. */
final class RunFolder implements AutoCloseable {
  private static final String PREFIX = "run-";

  private final OwnedFolder folder;

  private RunFolder(OwnedFolder folder) {
    this.folder = folder;
  }

  /** The folder of all runs of this account, which is made if it does not exist. */
  static Path base(ScratchOptions options, ServerUser user) {
    Path base =
        options.runFolder().toAbsolutePath().resolve("decant-postgres-" + OwnedFolder.ownUid());
    try {
      Files.createDirectories(options.runFolder());
      user.mustReach(options.runFolder().toAbsolutePath(), "--work or DECANT_WORK");
      try {
        Folders.create(base, "rwx--x--x");
      } catch (FileAlreadyExistsException e) {
        mustBeOurs(base);
      }
      return base.toRealPath();
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The folder " + base + " cannot be made. Name another folder with --work or DECANT_WORK.",
          e);
    }
  }

  /** Refuses a folder that another account made. That is possible in a folder for everybody. */
  private static void mustBeOurs(Path base) throws IOException {
    Object owner = Files.getAttribute(base, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (((Integer) owner).longValue() != OwnedFolder.ownUid()
        || !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The folder "
              + base
              + " belongs to another account. Name another folder with --work or DECANT_WORK.");
    }
    Folders.permit(base, "rwx--x--x");
  }

  static RunFolder create(Path base) throws IOException {
    return new RunFolder(OwnedFolder.create(base, PREFIX, "rwx--x--x"));
  }

  /** The folders whose owners are dead. Each is locked for the caller, who closes it. */
  static List<RunFolder> dead(Path base) throws IOException {
    return OwnedFolder.dead(base, PREFIX).stream().map(RunFolder::new).toList();
  }

  Path path() {
    return folder.path();
  }

  /** The folder that belongs to the server's account. */
  Path serverFolder() {
    return path().resolve("server");
  }

  Path data() {
    return serverFolder().resolve("data");
  }

  Path log() {
    return path().resolve("server.log");
  }

  /** Removes the folder, and then releases the lock. */
  @Override
  public void close() throws IOException {
    try (folder) {
      Folders.delete(serverFolder());
      Folders.delete(log());
    }
  }
}
