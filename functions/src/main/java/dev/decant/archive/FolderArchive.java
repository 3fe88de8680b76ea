package dev.decant.archive;

import dev.decant.stream.StreamBlocks;
import dev.decant.stream.TextPipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * An archive in the directory format as the plain text that pg_restore would print. Threads read
 * and decompress the next files ahead of the reader of the text.
 */
public final class FolderArchive implements AutoCloseable {
  private final FolderFiles files;
  private final TextPipe text;

  /** Makes the data of the entries. */
  private interface Data {
    ArchiveData of(FolderFiles files, Toc toc);
  }

  /**
   * Starts to read.
   *
   * @param name the folder in messages; file names are appended to it
   */
  public FolderArchive(String name, ArchiveFolder folder) {
    this(name, folder, (files, toc) -> new FolderData(name, files, toc));
  }

  /**
   * The text without any row and any large object, for which only toc.dat is read. Each COPY block
   * is empty. The caller closes it.
   *
   * @param found gets the file of each COPY block while the text is read, in the order of the
   *     blocks
   * @param largeObjects is called if the archive has large objects
   */
  public static FolderArchive withoutRows(
      String name, ArchiveFolder folder, Consumer<DataFile> found, Runnable largeObjects) {
    return new FolderArchive(
        name, folder, (files, toc) -> new FolderFileNames(name, files, found, largeObjects));
  }

  private FolderArchive(String name, ArchiveFolder folder, Data of) {
    files = new FolderFiles(name, folder);
    text =
        new TextPipe(
            "decant-archive",
            sink -> {
              Toc toc = toc(name);
              try (ArchiveData data = of.of(files, toc)) {
                new ArchiveScript(name, toc, data, sink).write();
              }
            });
  }

  private Toc toc(String name) {
    try (InputStream in = files.open(ArchiveFolder.TOC)) {
      StreamBlocks raw = new StreamBlocks(name + ArchiveFolder.TOC, in);
      Toc toc = Toc.read(new ArchiveInput(name + ArchiveFolder.TOC, raw));
      if (raw.advance()) {
        throw ArchiveProblem.damaged(name + ArchiveFolder.TOC, "bytes follow its last entry");
      }
      return toc;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the streams of this package throw none
    }
  }

  /** The text. It belongs to this object. */
  public InputStream text() {
    return text;
  }

  /** The number of bytes of the files that were read completely. Any thread may ask. */
  public long taken() {
    return files.taken();
  }

  /**
   * A digest of all files that belong to the archive, once the text was read to its end. It is what
   * {@code LC_ALL=C sha256sum * | sha256sum} prints in the folder that pg_dump wrote.
   */
  public String digest() {
    return files.digest();
  }

  @Override
  public void close() {
    text.close();
  }
}
