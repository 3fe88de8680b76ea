package dev.decant.sanitize;

import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameLimits;
import dev.decant.frame.FrameList;
import dev.decant.frame.SpooledFrame;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Quoting;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.row.PartitionRouting;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import dev.decant.verify.SqlSteps;
import dev.decant.verify.WrittenRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Finds the tables that sql steps changed, and the partitions whose rows may have moved to another
 * one. It reads their rows from the scratch database, and replaces the frames of these tables.
 * Afterwards the frames have as many rows of each table as the scratch database.
 *
 * <p>Rows are read in the order of the primary key, or of their text if there is no primary key.
 * Several connections loaded the rows, so the order of the server would differ from run to run.
 */
final class ChangedTables {
  private final Connection connection;
  private final Schema schema;
  private final Map<TableName, CopyBlock> blocks;
  private final SkeletonFrames skeleton;
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
    this.skeleton = skeleton;
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
    for (TableName block : blocks.keySet()) {
      Found rows = found.getOrDefault(block, new Found());
      // A deleted row can only be noticed by the number of rows.
      if (rows.changed || routing.isRouted(block) || rows.rows != leaving.getOrDefault(block, 0L)) {
        long read = replace(block, rows);
        requireSame(block, rows.rows, read);
        counts.put(block, read);
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

  private long replace(TableName table, Found found) {
    List<SpooledFrame> rows = new ArrayList<>();
    long total = 0;
    try {
      CopyOut copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  statement(table, found) + DatabaseEncoding.copyOptions(connection, List.of()));
      Bytes text = new Bytes(FrameLimits.USUAL_TEXT);
      long count = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        text.append(row);
        count++;
        if (text.length() >= FrameLimits.USUAL_TEXT) {
          guard.check();
          rows.add(skeleton.rows(table, count, text.array(), text.length()));
          total += count;
          count = 0;
          text.clear();
        }
      }
      if (count > 0) {
        rows.add(skeleton.rows(table, count, text.array(), text.length()));
        total += count;
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "reading table " + table + " after the sql steps");
    }
    frames.replaceRows(table, rows);
    return total;
  }

  private String statement(TableName table, Found found) {
    String columns =
        columns(table).stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", "));
    boolean root = schema.table(table).map(Table::partitioned).orElse(false);
    return "COPY (SELECT "
        + columns
        + " FROM "
        + (root ? "" : "ONLY ")
        + table.sql()
        + " t"
        + (root ? " WHERE t.tableoid IN (" + oids(found.tables) + ")" : "")
        + " ORDER BY "
        + order(table)
        + ") TO STDOUT";
  }

  /** Lists the tables to read, because partitions with a COPY block of their own are excluded. */
  private static String oids(List<TableName> tables) {
    return tables.isEmpty()
        ? "0"
        : tables.stream()
            .map(t -> Quoting.literal(t.sql()) + "::pg_catalog.regclass")
            .collect(Collectors.joining(", "));
  }

  /** The columns of the first COPY block of the table, which gets all rows. */
  private List<String> columns(TableName table) {
    CopyBlock block = blocks.get(table);
    if (block == null) {
      throw new IllegalStateException("no block of " + table);
    }
    List<String> all = schema.table(table).map(Table::copyColumns).orElse(List.of());
    Set<String> listed = new HashSet<>(block.plan().columns());
    if (!listed.containsAll(all)) {
      throw new DecantException(
          ErrorCode.SQL_STEP_FAILED,
          "The sql steps changed table "
              + table
              + ", but its COPY statement in the dump names only some of its columns, so changes of"
              + " the other columns would be lost. Make the dump with pg_dump.");
    }
    return block.plan().columns();
  }

  private String order(TableName table) {
    return schema.uniqueKeys().stream()
        .filter(k -> k.table().equals(table) && k.kind() == UniqueKey.Kind.PRIMARY_KEY)
        .findFirst()
        .map(
            k ->
                k.columns().stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", ")))
        .orElse("t::text COLLATE \"C\"");
  }
}
