package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.frame.SpooledFrame;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.row.PartitionRouting;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.verify.SqlSteps;
import dev.decant.verify.WrittenRows;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tables that sql steps changed, and the partitions whose rows may have moved to another
 * one. It reads their rows from the scratch database, and replaces the frames of these tables.
 * Afterwards the frames have as many rows of each table as the scratch database.
 */
final class ChangedTables {
  private final Connection connection;
  private final Schema schema;
  private final Map<TableName, CopyBlock> blocks;
  private final ReadBack readBack;
  private final FrameList frames;
  private final RunGuard guard;
  private final PartitionRouting routing;

  /** The number of rows, before the steps, of tables without a COPY block: rows of extensions. */
  private final Map<TableName, Long> uncopied;

  /** Must be called before the sql steps run. */
  ChangedTables(
      Connection connection,
      Schema schema,
      Map<TableName, CopyBlock> blocks,
      SkeletonFrames skeleton,
      FrameList frames,
      RunGuard guard,
      PartitionRouting routing) {
    this.connection = connection;
    this.schema = schema;
    this.blocks = blocks;
    this.readBack = new ReadBack(connection, schema, skeleton, guard);
    this.frames = frames;
    this.guard = guard;
    this.routing = routing;
    this.uncopied = WrittenRows.count(connection, table -> block(table) == null);
  }

  /** The rows that the scratch database has for the COPY blocks of one table. */
  private static final class Found {
    final List<TableName> tables = new ArrayList<>();
    long rows;
    boolean changed;

    void add(TableName table, WrittenRows.Rows read) {
      tables.add(table);
      rows += read.all();
      changed |= read.bySteps();
    }
  }

  /**
   * Replaces the frames of the changed tables. Returns the new number of rows by the table whose
   * COPY block contains them.
   *
   * @throws DecantException {@link ErrorCode#ROWS_DIFFER} if the published rows would not be those
   *     of the scratch database
   */
  Map<TableName, Long> replace(SqlSteps.Span span) {
    Map<TableName, Found> found = found(span);
    Map<TableName, Long> leaving = frames.rows();
    Map<TableName, Long> counts = new HashMap<>();
    for (CopyBlock copied : blocks.values()) {
      TableName block = copied.table();
      Found rows = found.getOrDefault(block, new Found());
      // A deleted row can only be noticed by the number of rows.
      if (rows.changed || routing.isRouted(block) || rows.rows != leaving.getOrDefault(block, 0L)) {
        List<SpooledFrame> read = readBack.rows(copied, rows.tables);
        frames.replaceRows(block, read);
        long count = read.stream().mapToLong(SpooledFrame::rows).sum();
        requireSame(block, rows.rows, count);
        counts.put(block, count);
      }
    }
    return counts;
  }

  /**
   * The tables whose frames {@link #replace} will probably replace. A table may be missing.
   *
   * @param written the tables to which the steps wrote
   */
  Set<TableName> changing(Set<TableName> written) {
    return Stream.concat(
            written.stream().map(this::block).filter(Objects::nonNull),
            blocks.keySet().stream().filter(routing::isRouted))
        .collect(Collectors.toSet());
  }

  private Map<TableName, Found> found(SqlSteps.Span span) {
    Map<TableName, Found> found = new HashMap<>();
    WrittenRows.read(connection, span, table -> true)
        .forEach(
            (table, rows) -> {
              guard.check();
              requireNotLater(table, rows);
              TableName block = block(table);
              if (block == null) {
                requireUnchanged(table, rows);
              } else {
                found.computeIfAbsent(block, b -> new Found()).add(table, rows);
              }
            });
    return found;
  }

  /**
   * The table whose COPY block contains the rows of a table: the table itself, or the partitioned
   * table through which they were loaded. Null if there is no such block.
   */
  private @Nullable TableName block(TableName table) {
    for (TableName name = table; name != null; name = partitionOf(name)) {
      if (blocks.containsKey(name)) {
        return name;
      }
    }
    return null;
  }

  private @Nullable TableName partitionOf(TableName name) {
    return schema.table(name).map(Table::partitionOf).orElse(null);
  }

  private void requireUnchanged(TableName table, WrittenRows.Rows rows) {
    if (rows.all() > 0 && routing.isRouted(table)) {
      throw new DecantException(
          ErrorCode.ROWS_DIFFER,
          "Masked rows belong to partition "
              + table
              + ", which has no COPY block in the dump, so its rows cannot be published. Make the"
              + " dump with the rows of this partition, or keep the partition key in the policy.");
    }
    if (rows.bySteps() || rows.all() != uncopied.getOrDefault(table, 0L)) {
      throw new DecantException(
          ErrorCode.SQL_STEP_FAILED,
          "An sql step changed the rows of table "
              + table
              + ", which has no COPY block in the dump, so its rows cannot be published. Remove the"
              + " change of this table from the sql steps.");
    }
  }

  private static void requireNotLater(TableName table, WrittenRows.Rows rows) {
    if (rows.later()) {
      throw new DecantException(
          ErrorCode.ROWS_DIFFER,
          "Table "
              + table
              + " got rows in the scratch database after the sql steps: a function of the dump"
              + " wrote them while a view or a constraint was created. The published rows would"
              + " differ from the verified ones, so nothing is published. Change that function in"
              + " the source, or exclude the view or the constraint from the dump.");
    }
  }

  private static void requireSame(TableName table, long counted, long read) {
    if (counted != read) {
      throw new DecantException(
          ErrorCode.ROWS_DIFFER,
          "Table "
              + table
              + " has "
              + counted
              + " rows in the scratch database, but "
              + read
              + " rows were read from it after the sql steps. Nothing is published. Please report"
              + " this error.");
    }
  }
}
