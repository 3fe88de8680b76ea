package dev.decant.live;

import dev.decant.archive.ArchiveData;
import dev.decant.archive.TocEntry;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import dev.decant.stream.AheadStreams;
import java.io.InputStream;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** The data of the entries that pg_dump listed, read from the database itself. */
final class LiveData implements ArchiveData {
  private static final String METADATA = "BLOB METADATA";

  private final List<TocEntry> entries;
  private final Map<TableName, LiveTable> tables;
  private final SnapshotReaders readers;
  private final AheadStreams<PartsStream.Part> parts;
  private final LongConsumer read;

  /**
   * @param open the number of parts that are read at the same time
   * @param read gets the bytes of tables that were read
   */
  LiveData(
      List<TocEntry> entries,
      Map<TableName, LiveTable> tables,
      SnapshotReaders readers,
      int open,
      LongConsumer read) {
    this.entries = entries;
    this.tables = tables;
    this.readers = readers;
    this.read = read;
    List<RowParts.Range> rows =
        entries.stream().filter(e -> e.hasData() && !e.isLargeObjects()).map(this::all).toList();
    this.parts =
        new AheadStreams<>(open, new RowParts(rows), p -> readers.open(p.table(), p.number()));
  }

  private RowParts.Range all(TocEntry entry) {
    return RowParts.Range.all(table(entry, tables));
  }

  /** The rows of an entry, whose table is one of these. */
  static TableRows table(TocEntry entry, Map<TableName, LiveTable> tables) {
    TableName name =
        new TableName(TocEntry.utf8(entry.label().schema()), TocEntry.utf8(entry.label().tag()));
    LiveTable table = tables.get(name);
    if (table == null) {
      throw new DecantException(
          ErrorCode.SOURCE_CHANGED,
          "Table "
              + name
              + " was created or renamed while decant began to read the database. Run the command"
              + " again.");
    }
    return TableRows.of(entry, table);
  }

  @Override
  public InputStream rows(TocEntry entry) {
    return new PartsStream(all(entry), parts, read);
  }

  @Override
  public void largeObjects(TocEntry entry, Target target) {
    readers.use(
        "reading large objects",
        connection -> {
          for (int oid : oids(connection, entry)) {
            target.object(oid, new LargeObjectStream(connection, oid));
          }
        });
  }

  /** From pg_dump 17 on, an entry has the large objects that the entry of their metadata lists. */
  private List<Integer> oids(Connection connection, TocEntry entry) {
    String tag = entry.label().tag();
    return entries.stream()
        .filter(e -> e.is(METADATA) && e.label().tag().equals(tag))
        .findFirst()
        .map(e -> e.definition().lines().map(Integer::parseUnsignedInt).toList())
        .orElseGet(() -> allOids(connection));
  }

  private static List<Integer> allOids(Connection connection) {
    return Queries.rows(
        connection,
        "SELECT oid FROM pg_catalog.pg_largeobject_metadata ORDER BY oid",
        "listing large objects",
        row -> (int) row.getLong(1));
  }

  /** Ends what the server still does for this reading. */
  @Override
  public void close() {
    readers.close();
    parts.close();
  }
}
