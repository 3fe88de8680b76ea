package dev.decant.sanitize;

import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameLimits;
import dev.decant.frame.SpooledFrame;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Quoting;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads tables from the scratch database and makes frames of their rows.
 *
 * <p>Rows are read in the order of the primary key, or of their text if there is no primary key.
 * Several connections loaded the rows, so the order of the server would differ from run to run.
 */
record ReadBack(Connection connection, Schema schema, SkeletonFrames skeleton, RunGuard guard) {
  /**
   * Makes frames of the rows of a COPY block.
   *
   * @param tables the tables that have the rows: the table itself, or partitions of it
   */
  List<SpooledFrame> rows(CopyBlock block, List<TableName> tables) {
    TableName table = block.table();
    List<SpooledFrame> rows = new ArrayList<>();
    try {
      CopyOut copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  statement(block, tables) + DatabaseEncoding.copyOptions(connection, List.of()));
      Bytes text = new Bytes(FrameLimits.USUAL_TEXT);
      long count = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        text.append(row);
        count++;
        if (text.length() >= FrameLimits.USUAL_TEXT) {
          guard.check();
          rows.add(skeleton.rows(table, count, text.array(), text.length()));
          count = 0;
          text.clear();
        }
      }
      if (count > 0) {
        rows.add(skeleton.rows(table, count, text.array(), text.length()));
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "reading table " + table + " after the sql steps");
    }
    return rows;
  }

  private String statement(CopyBlock block, List<TableName> tables) {
    TableName table = block.table();
    String columns =
        columns(block).stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", "));
    boolean root = schema.table(table).map(Table::partitioned).orElse(false);
    return "COPY (SELECT "
        + columns
        + " FROM "
        + (root ? "" : "ONLY ")
        + table.sql()
        + " t"
        + (root ? " WHERE t.tableoid IN (" + oids(tables) + ")" : "")
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
  private List<String> columns(CopyBlock block) {
    TableName table = block.table();
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
