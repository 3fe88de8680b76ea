package dev.decant.archive;

import dev.decant.stream.StreamBlocks;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a tar archive. pg_dump writes the table of contents first and the files in its order.
 */
final class TarData implements ArchiveData {
  private static final Pattern LARGE_OBJECT = Pattern.compile("blob_([0-9]{1,10})\\.dat");
  private static final Pattern LIST_OF_LARGE_OBJECTS = Pattern.compile("blobs(_[0-9]+)?\\.toc");

  private final String name;
  private final TarArchiveInputStream tar;

  TarData(String name, InputStream raw) {
    this.name = name;
    this.tar = new TarArchiveInputStream(raw);
  }

  /** The table of contents, which must be the first file. */
  Toc toc() {
    if (!next("at its beginning").equals("toc.dat")) {
      throw ArchiveProblem.damaged(name, "its first file is not toc.dat");
    }
    return Toc.read(new ArchiveInput(name, new StreamBlocks(name, member())));
  }

  @Override
  public InputStream rows(TocEntry entry) {
    String file = next("before the rows of " + entry.label().shown());
    if (!file.equals(entry.file())) {
      throw ArchiveProblem.unsupported(
          name,
          "has its files in another order than pg_dump writes them, where "
              + entry.file()
              + " is expected. Unpack it (tar -xf), and name the folder as the source.");
    }
    return member();
  }

  /** The files of the objects precede their list, so the list is not needed. */
  @Override
  public void largeObjects(TocEntry entry, Target target) {
    String file = next("before its large objects");
    while (!LIST_OF_LARGE_OBJECTS.matcher(file).matches()) {
      Matcher object = LARGE_OBJECT.matcher(file);
      if (!object.matches()) {
        throw ArchiveProblem.damaged(name, "a file that is no large object is among them");
      }
      target.object(Integer.parseUnsignedInt(object.group(1)), member());
      file = next("within its large objects");
    }
  }

  private String next(String where) {
    @Nullable TarArchiveEntry entry;
    try {
      entry = tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw failure(e);
    }
    if (entry == null) {
      throw ArchiveProblem.cut(name, where);
    }
    if (!entry.isFile() || entry.isSparse()) {
      throw ArchiveProblem.damaged(name, "it contains something else than files");
    }
    return entry.getName();
  }

  /** The content of the current file. */
  private InputStream member() {
    return new FilterInputStream(tar) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) {
        try {
          return tar.read(bytes, from, length);
        } catch (IOException e) {
          throw failure(e);
        }
      }

      @Override
      public void close() {
        // The next file follows in the same stream.
      }
    };
  }

  private RuntimeException failure(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Truncated") || message.contains("nexpected EOF")
        ? ArchiveProblem.cut(name, "in the middle of a file of the tar")
        : ArchiveProblem.damaged(name, "its tar format is broken");
  }

  @Override
  public void close() {}
}
