package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.scratch.OwnedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of one run, in which its frames are kept until they are published. */
final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private static final String PREFIX = "decant-run-";

  private final OwnedFolder folder;

  private WorkFolder(OwnedFolder folder) {
    this.folder = folder;
  }

  /** Removes the folders that killed runs left, and returns their number. */
  static int sweep(Path parent) {
    return Files.isDirectory(parent) ? OwnedFolder.sweep(parent, PREFIX) : 0;
  }

  /** Creates a folder below another one, after it removed the folders of killed runs there. */
  static WorkFolder create(Path parent) {
    try {
      Files.createDirectories(parent);
      var _ = sweep(parent);
      return new WorkFolder(OwnedFolder.create(parent, PREFIX));
    } catch (IOException e) {
      if (DiskFull.is(e)) {
        throw DiskFull.error(
            parent,
            1,
            "frames",
            "Free some space, or set --work or DECANT_WORK to a folder on a larger disk.",
            e);
      }
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The work folder "
              + parent
              + " is not writable. Set --work or DECANT_WORK to another folder.",
          e);
    }
  }

  Path path() {
    return folder.path();
  }

  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("The folder {} could not be removed.", folder.path(), e);
    }
  }
}
