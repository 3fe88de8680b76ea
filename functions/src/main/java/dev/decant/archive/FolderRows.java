package dev.decant.archive;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.AheadStreams;
import java.io.InputStream;
import java.util.List;

/**
 * Reads some of the data files of an archive in the directory format, in their order. The next
 * files are read ahead. One thread uses it.
 */
public final class FolderRows implements AutoCloseable {
  /** How many files are open at a time. */
  private static final int OPEN = 2;

  private final AheadStreams<String> rows;

  /**
   * Opens no file yet.
   *
   * @param name the folder in messages; file names are appended to it
   * @throws DecantException SOURCE_CHANGED if a file is not as it was, INPUT_CUT if it is absent
   */
  public FolderRows(String name, ArchiveFolder folder, List<DataFile> files) {
    FolderFiles found = new FolderFiles(name, folder);
    files.forEach(
        file -> {
          if (!found.file(file.name()).equals(file)) {
            throw new DecantException(
                ErrorCode.SOURCE_CHANGED,
                name
                    + file.name()
                    + " is not the file that this run was planned for. Start the run again with a"
                    + " new plan when the archive is completely written.");
          }
        });
    rows = new AheadStreams<>(OPEN, files.stream().map(DataFile::name).iterator(), found::open);
  }

  /** The rows of a file, with the line that ends them. The caller closes them. */
  public InputStream rows(DataFile file) {
    return rows.next(file.name());
  }

  @Override
  public void close() {
    rows.close();
  }
}
