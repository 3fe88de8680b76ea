package dev.decant.scale;

import dev.decant.archive.ArchiveFolder;
import dev.decant.archive.DataFile;
import dev.decant.archive.FolderArchive;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.Expressions;
import dev.decant.dump.ReadOptions;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.LiveSource;
import dev.decant.schema.TableName;
import dev.decant.source.DumpContent;
import dev.decant.source.Source;
import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a plan reads of its source: the dump without rows, and where the rows of each COPY block
 * are, in the order of the blocks.
 */
record PlannedSource(SourceFacts facts, byte[] dump, List<PlannedRows> rows) {
  /**
   * Reads a source.
   *
   * @param location the source as the user wrote it
   * @param largeObjects is called if the source has large objects
   */
  static PlannedSource of(Source source, String location, Runnable largeObjects) {
    if (source instanceof LiveSource live) {
      return ofDatabase(live, location, largeObjects);
    }
    ArchiveFolder folder = source.folder();
    if (folder == null || source.database() != null || source.schema().isPresent()) {
      throw new DecantException(
          ErrorCode.NOT_DIVISIBLE,
          source.uri()
              + " is a dump in one file, which several processes cannot share. Name a database, or"
              + " an archive that pg_dump -Fd wrote, or use `decant sanitize`.");
    }
    return ofArchive(source, folder, location, largeObjects);
  }

  private static PlannedSource ofDatabase(
      LiveSource source, String location, Runnable largeObjects) {
    List<PlannedRows> rows = new ArrayList<>();
    try (DumpContent content =
        source.withoutRows(range -> rows.add(new PlannedRows.Pages(range)), largeObjects)) {
      byte[] dump = RecordedDump.record(content.text());
      content.check();
      return new PlannedSource(SourceFacts.of(location, source, source.etag()), dump, rows);
    }
  }

  private static PlannedSource ofArchive(
      Source source, ArchiveFolder folder, String location, Runnable largeObjects) {
    List<DataFile> files = new ArrayList<>();
    byte[] dump;
    try (FolderArchive archive =
        FolderArchive.withoutRows(source.uri(), folder, files::add, largeObjects)) {
      dump = RecordedDump.record(archive.text());
    }
    SourceFacts facts = SourceFacts.of(location, source, "files:" + digest(folder));
    List<TableName> tables = tables(new RecordedDump(facts, dump));
    List<PlannedRows> rows = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      rows.add(new PlannedRows.InFile(tables.get(i), files.get(i)));
    }
    return new PlannedSource(facts, dump, rows);
  }

  /** A digest of the names, sizes and states of all files. */
  private static String digest(ArchiveFolder folder) {
    StringBuilder files = new StringBuilder();
    folder
        .files()
        .forEach(
            (file, size) ->
                files
                    .append(file)
                    .append(' ')
                    .append(size)
                    .append(' ')
                    .append(folder.state(file))
                    .append('\n'));
    return Digests.sha256(files.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The tables of the COPY blocks. */
  private static List<TableName> tables(RecordedDump dump) {
    List<TableName> tables = new ArrayList<>();
    Set<TableName> once = new HashSet<>();
    ReadOptions options = new ReadOptions(null, dump.encoding(), Expressions.UNUSED);
    try (DumpContent content = dump.content();
        DumpReader reader = new DumpReader(content.text(), null, options)) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          var _ = reader.skipRows();
          tables.add(copy.table());
          if (!once.add(copy.table())) {
            throw inSeveralFiles(dump, copy.table());
          }
        }
      }
    }
    return tables;
  }

  private static DecantException inSeveralFiles(RecordedDump dump, TableName table) {
    return new DecantException(
        ErrorCode.NOT_DIVISIBLE,
        dump.uri()
            + " has the rows of table "
            + table
            + " in several files, because of --load-via-partition-root. Several processes cannot"
            + " share such an archive. Use `decant sanitize`, or dump the database without that"
            + " option.");
  }
}
