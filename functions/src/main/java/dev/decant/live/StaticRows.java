package dev.decant.live;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.schema.TableName;
import dev.decant.stream.AheadStreams;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads ranges of rows of a static database, in their order. Several connections read ahead. One
 * thread uses it.
 */
public final class StaticRows implements AutoCloseable {
  private final LiveSession session;
  private final List<RowRange> ranges;
  private final SnapshotReaders readers;
  private final AheadStreams<PartsStream.Part> parts;

  private StaticRows(
      ServerAddress server, LiveSession session, LiveOptions options, List<RowRange> ranges) {
    this.session = session;
    this.ranges = ranges;
    this.readers = new SnapshotReaders(server, session);
    this.parts =
        new AheadStreams<>(
            options.connections(),
            new RowParts(ranges.stream().map(StaticRows::range).toList()),
            part -> readers.open(part.table(), part.number()));
    session.onLoss(readers::close);
  }

  private static RowParts.Range range(RowRange range) {
    return new RowParts.Range(range.rows(), range.from(), range.to());
  }

  /**
   * Connects to the database. The caller closes the object.
   *
   * @param identity the ETag of {@link LiveSource} when the ranges were made
   * @throws DecantException SOURCE_CHANGED if it is another database, or a table is not as it was
   */
  public static StaticRows open(
      ServerAddress server, LiveOptions options, String identity, List<RowRange> ranges) {
    Set<TableName> tables = ranges.stream().map(RowRange::table).collect(Collectors.toSet());
    LiveSession session = LiveSession.open(server, options, tables::contains);
    boolean same = false;
    try {
      if (!identity.equals(LiveSource.identity(session, options))) {
        throw changed("It is not the database that this run was planned for");
      }
      requireSame(session.state().tables(), ranges);
      same = true;
      return new StaticRows(server, session, options, ranges);
    } finally {
      if (!same) {
        session.close();
      }
    }
  }

  private static void requireSame(Map<TableName, LiveTable> tables, List<RowRange> ranges) {
    for (RowRange range : ranges) {
      // VACUUM makes further files of a table, so the size in bytes proves nothing.
      LiveTable now = tables.get(range.table());
      if (now == null
          || now.pages() != range.pages()
          || !now.state().equals(range.state())
          || !Objects.equals(now.condition(), range.condition())) {
        throw changed("Table " + range.table() + " was changed since the plan");
      }
    }
  }

  private static DecantException changed(String how) {
    return new DecantException(
        ErrorCode.SOURCE_CHANGED,
        "The source database has changed: "
            + how
            + ". Several processes can only read a database to which nobody writes, such as a"
            + " restored clone. Start the run again from its plan.");
  }

  /** The rows of a range, with the line that ends them. The ranges must be read in their order. */
  public InputStream rows(RowRange range) {
    return new PartsStream(range(range), parts, bytes -> {});
  }

  /**
   * Throws if the session was lost, or if a table was changed while it was read.
   *
   * @throws DecantException SOURCE_CHANGED if a table is not as it was in the plan
   */
  public void requireUnchanged() {
    session.requireAlive();
    requireSame(session.tablesNow(), ranges);
  }

  @Override
  public void close() {
    readers.close();
    parts.close();
    session.close();
  }
}
