package dev.decant.sanitize;

import dev.decant.copy.Bytes;
import dev.decant.database.DatabaseErrors;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.frame.SpooledFrame;
import dev.decant.run.RunGuard;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the tables that an sql step changed back out of the scratch database, and puts their rows
 * in place of what was masked. Rows come in the order of the primary key, or of their text where
 * there is none: several connections loaded them, so the server's own order would differ from run
 * to run.
 */
final class ChangedTables {
  private final Connection connection;
  private final Schema schema;
  private final Map<TableName, CopyStart> blocks;
  private final SkeletonFrames skeleton;
  private final FrameList frames;
  private final RunGuard guard;

  ChangedTables(
      Connection connection,
      Schema schema,
      Map<TableName, CopyStart> blocks,
      SkeletonFrames skeleton,
      FrameList frames,
      RunGuard guard) {
    this.connection = connection;
    this.schema = schema;
    this.blocks = blocks;
    this.skeleton = skeleton;
    this.frames = frames;
    this.guard = guard;
  }

  /**
   * Replaces their rows; answers how many each has now, by the table whose COPY block holds them.
   */
  Map<TableName, Long> replace(Set<TableName> changed) {
    Map<TableName, Long> counts = new HashMap<>();
    for (TableName block : changed.stream().map(this::block).collect(Collectors.toSet())) {
      counts.put(block, replace(block));
    }
    return counts;
  }

  /**
   * The table whose COPY block holds the rows: itself, or the partitioned table that they were
   * loaded through.
   */
  private TableName block(TableName changed) {
    for (TableName name = changed; name != null; name = partitionOf(name)) {
      if (blocks.containsKey(name)) {
        return name;
      }
    }
    throw new DecantException(
        ErrorCode.SQL_STEP_FAILED,
        "An sql step put rows into table "
            + changed
            + ", which has no COPY block in the dump, so its rows cannot travel.");
  }

  private @Nullable TableName partitionOf(TableName name) {
    return schema.table(name).map(Table::partitionOf).orElse(null);
  }

  private long replace(TableName table) {
    CopyStart block = blocks.get(table);
    if (block == null) {
      throw new IllegalStateException("no block of " + table);
    }
    List<SpooledFrame> rows = new ArrayList<>();
    long total = 0;
    try {
      CopyOut copy =
          connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement(table, block));
      Bytes text = new Bytes(RowPipeline.BATCH_BYTES);
      long count = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        text.append(row);
        count++;
        if (text.length() >= RowPipeline.BATCH_BYTES) {
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

  private String statement(TableName table, CopyStart block) {
    String columns =
        block.columns().stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", "));
    boolean root = schema.table(table).map(Table::partitioned).orElse(false);
    return "COPY (SELECT "
        + columns
        + " FROM "
        + (root ? "" : "ONLY ")
        + table.sql()
        + " t ORDER BY "
        + order(table)
        + ") TO STDOUT";
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
