package dev.decant.scale;

import dev.decant.archive.ArchiveFolder;
import dev.decant.archive.DataFile;
import dev.decant.archive.FolderRows;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.RowRange;
import dev.decant.live.StaticRows;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads the rows of an item from the source, in their order. One thread uses it. */
interface ItemRows extends AutoCloseable {
  /** The rows, with the line that ends them. The caller closes them. */
  InputStream rows(PlannedRows planned);

  /** Throws if the source may have changed while the rows were read. */
  void requireUnchanged();

  @Override
  void close();

  /**
   * Opens the source of a run. The caller closes it.
   *
   * @param item the rows of one item, which are all of one kind
   * @throws DecantException SOURCE_CHANGED if the source is not as it was when the plan was made
   */
  static ItemRows open(SourceFacts facts, List<PlannedRows> item, LiveAccess access) {
    return switch (item.getFirst()) {
      case PlannedRows.Pages _ -> OfDatabase.open(facts, item, access);
      case PlannedRows.InFile _ -> OfArchive.open(facts.location(), item);
    };
  }

  /** The rows of a database. */
  record OfDatabase(StaticRows source) implements ItemRows {
    private static OfDatabase open(SourceFacts facts, List<PlannedRows> item, LiveAccess access) {
      return new OfDatabase(
          StaticRows.open(
              access.server().apply(facts.location()),
              access.options().apply(Optional.ofNullable(facts.encoding())),
              String.valueOf(facts.etag()),
              item.stream().map(OfDatabase::range).toList()));
    }

    private static RowRange range(PlannedRows planned) {
      return ((PlannedRows.Pages) planned).range();
    }

    @Override
    public InputStream rows(PlannedRows planned) {
      return source.rows(range(planned));
    }

    @Override
    public void requireUnchanged() {
      source.requireUnchanged();
    }

    @Override
    public void close() {
      source.close();
    }
  }

  /** The rows of an archive, whose files are compared with the plan while they are read. */
  record OfArchive(Source source, FolderRows files) implements ItemRows {
    private static OfArchive open(String location, List<PlannedRows> item) {
      Source source = Sources.open(location);
      boolean opened = false;
      try {
        ArchiveFolder folder = source.folder();
        if (folder == null) {
          throw new DecantException(
              ErrorCode.SOURCE_CHANGED,
              source.uri()
                  + " is no archive in the directory format any more. Start the run again with a"
                  + " new plan.");
        }
        List<DataFile> files = item.stream().map(OfArchive::file).toList();
        OfArchive rows = new OfArchive(source, new FolderRows(source.uri(), folder, files));
        opened = true;
        return rows;
      } finally {
        if (!opened) {
          source.close();
        }
      }
    }

    private static DataFile file(PlannedRows planned) {
      return ((PlannedRows.InFile) planned).file();
    }

    @Override
    public InputStream rows(PlannedRows planned) {
      return files.rows(file(planned));
    }

    @Override
    public void requireUnchanged() {}

    @Override
    public void close() {
      try (source) {
        files.close();
      }
    }
  }
}
