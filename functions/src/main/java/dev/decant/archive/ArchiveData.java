package dev.decant.archive;

import java.io.InputStream;

/** The data of the entries of a table of contents, in its order. One thread uses it. */
public interface ArchiveData extends AutoCloseable {
  /**
   * The rows of a table, with the line {@code \.} that ends them. The caller reads them to their
   * end and closes them.
   */
  InputStream rows(TocEntry entry);

  /** Gives each large object of an entry to {@code target}, which reads it to its end. */
  void largeObjects(TocEntry entry, Target target);

  /** Takes large objects. */
  interface Target {
    void object(int oid, InputStream bytes);
  }

  @Override
  void close();
}
