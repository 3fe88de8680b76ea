package dev.decant.archive;

import dev.decant.stream.AheadStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The data of an archive in the directory format: a file for each entry and large object. */
final class FolderData implements ArchiveData {
  private static final Pattern LARGE_OBJECT = Pattern.compile("([0-9]{1,10}) ([^ ]+)");

  /** How many files are open at a time. Each has two threads and about 2 MB of buffers. */
  private static final int OPEN = 4;

  /** The largest list of large objects, in bytes. A line has about 30. */
  private static final int LARGEST_LIST = 64 << 20;

  private final String name;
  private final FolderFiles files;
  private final AheadStreams<String> rows;

  FolderData(String name, FolderFiles files, Toc toc) {
    this.name = name;
    this.files = files;
    List<String> names =
        toc.entries().stream()
            .filter(entry -> entry.hasData() && !entry.isLargeObjects())
            .map(TocEntry::file)
            .toList();
    this.rows = ahead(names);
  }

  @Override
  public InputStream rows(TocEntry entry) {
    return rows.next(entry.file());
  }

  @Override
  public void largeObjects(TocEntry entry, Target target) {
    List<Integer> oids = new ArrayList<>();
    List<String> names = new ArrayList<>();
    list(entry.file()).lines().forEach(line -> add(line, oids, names));
    try (AheadStreams<String> objects = ahead(names)) {
      for (int i = 0; i < names.size(); i++) {
        try (InputStream object = objects.next(names.get(i))) {
          target.object(oids.get(i), object);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the streams of this package throw none
    }
  }

  private AheadStreams<String> ahead(List<String> names) {
    return new AheadStreams<>(OPEN, names.iterator(), files::open);
  }

  private String list(String file) {
    try (InputStream list = files.open(file)) {
      byte[] bytes = list.readNBytes(LARGEST_LIST);
      if (list.read() >= 0) {
        throw ArchiveProblem.unsupported(
            name,
            "has more than 2 million large objects. Leave them out with pg_dump"
                + " --no-large-objects.");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the streams of this package throw none
    }
  }

  private void add(String line, List<Integer> oids, List<String> names) {
    Matcher matcher = LARGE_OBJECT.matcher(line);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) > 0xffff_ffffL) {
      throw ArchiveProblem.damaged(name, "its list of large objects has a line that is not one");
    }
    oids.add(Integer.parseUnsignedInt(matcher.group(1)));
    names.add(matcher.group(2));
  }

  @Override
  public void close() {
    rows.close();
  }
}
