package dev.decant.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Files that are read one after another, while the next ones are opened and decompressed. */
final class AheadFiles implements AutoCloseable {
  /** How many files are open at a time. Each has two threads and about 2 MB of buffers. */
  private static final int OPEN = 4;

  private final FolderFiles files;
  private final Iterator<String> names;
  private final Deque<Opened> open = new ArrayDeque<>();

  /** A file that is read ahead. */
  private record Opened(String name, InputStream content) {}

  AheadFiles(FolderFiles files, List<String> names) {
    this.files = files;
    this.names = names.iterator();
  }

  /** The next file, which must be the one of this name. The caller closes it. */
  InputStream next(String name) {
    while (open.size() < OPEN && names.hasNext()) {
      String next = names.next();
      open.add(new Opened(next, files.open(next)));
    }
    Opened first = open.poll();
    if (first == null || !first.name().equals(name)) {
      throw new IllegalStateException("the file " + name + " is not the next one");
    }
    return first.content();
  }

  @Override
  public void close() {
    for (Opened file : open) {
      try {
        file.content().close();
      } catch (IOException e) {
        // Nothing was written, so nothing can be lost.
      }
    }
  }
}
