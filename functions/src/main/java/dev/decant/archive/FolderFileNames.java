package dev.decant.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Consumer;

/** The data of an archive in the directory format without any row and any large object. */
final class FolderFileNames implements ArchiveData {
  private static final byte[] END = "\\.\n\n\n".getBytes(US_ASCII);

  private final String name;
  private final FolderFiles files;
  private final Consumer<DataFile> found;
  private final Runnable largeObjects;

  FolderFileNames(String name, FolderFiles files, Consumer<DataFile> found, Runnable largeObjects) {
    this.name = name;
    this.files = files;
    this.found = found;
    this.largeObjects = largeObjects;
  }

  @Override
  public InputStream rows(TocEntry entry) {
    if (entry.copy().isEmpty()) {
      throw new DecantException(
          ErrorCode.NOT_DIVISIBLE,
          name
              + " has the rows of "
              + entry.label().shown()
              + " as INSERT statements, which several processes cannot share. Use `decant"
              + " sanitize`, or dump the database without --inserts.");
    }
    found.accept(files.file(entry.file()));
    return new ByteArrayInputStream(END);
  }

  @Override
  public void largeObjects(TocEntry entry, Target target) {
    largeObjects.run();
  }

  @Override
  public void close() {}
}
