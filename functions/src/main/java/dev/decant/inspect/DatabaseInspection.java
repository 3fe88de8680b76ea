package dev.decant.inspect;

import dev.decant.detect.column.SampleMemory;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Connections;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.AutoSave;

/**
 * Reads a live database with a role that needs only the right to read. It reads the schema from the
 * catalog, and a sample of the rows of each table with TABLESAMPLE. No statement writes, waits for
 * a lock for more than five seconds, or runs longer than its limit.
 *
 * <p>These limits are settings of transactions and not of the session. A pooler such as PgBouncer
 * gives the sessions of the server to other clients after each transaction, and these clients must
 * be able to write. There is one transaction for each table, so that a lock on it ends soon.
 */
public final class DatabaseInspection {
  /** The largest number of rows that are examined for each table. */
  private static final int ROWS = 5_000;

  /** It requests twice the wanted number of rows, because blocks are not equally full. */
  private static final double WANTED = 2.0 * ROWS;

  private final Connection connection;
  private final Duration limit;
  private final Runnable guard;
  private final Progress progress;
  private final List<NotCreated> notSampled = new ArrayList<>();
  private final Samples samples = new Samples();
  private final SampleMemory memory = new SampleMemory();

  private DatabaseInspection(
      Connection connection, Duration limit, Runnable guard, Progress progress) {
    this.connection = connection;
    this.limit = limit;
    this.guard = guard;
    this.progress = progress;
  }

  /**
   * Inspects a database.
   *
   * @param server with the name of the database
   * @param sample whether to look at rows
   * @param limit the longest time of each statement
   * @param guard is called before each table, and throws to end the work
   * @param work gets the result, whose {@link Inspected#notCreated()} names the tables whose rows
   *     could not be read, and the session. It is in a transaction that may only read and that goes
   *     on after a statement that failed
   */
  public static <R> R with(
      ServerAddress server,
      boolean sample,
      Duration limit,
      Runnable guard,
      Progress progress,
      BiFunction<Inspected, Connection, R> work) {
    try (Connection connection = server.connect(server.database())) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.unwrap(PGConnection.class).setAutosave(AutoSave.ALWAYS);
      DatabaseInspection inspection = new DatabaseInspection(connection, limit, guard, progress);
      Inspected inspected = inspection.inspect(sample);
      inspection.begin();
      R result = work.apply(inspected, connection);
      connection.rollback();
      return result;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "inspecting a database");
    }
  }

  /** Begins a transaction, after the end of the one before. */
  private void begin() throws SQLException {
    connection.rollback();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL lock_timeout = '5s'; SET LOCAL search_path = '';"
              + " SET LOCAL statement_timeout = "
              + limit.toMillis());
    }
  }

  private Inspected inspect(boolean sample) throws SQLException {
    begin();
    Schema schema = CatalogReader.read(connection);
    Set<TableName> tables = new HashSet<>();
    schema.tables().forEach(table -> tables.add(table.name()));
    if (sample) {
      Map<TableName, Double> estimates = estimates();
      Map<TableName, String> local = LocalPartitions.read(connection);
      List<Table> sampled = schema.tables().stream().filter(DatabaseInspection::hasRows).toList();
      progress.stage("sampling", sampled.size(), "tables");
      for (Table table : sampled) {
        guard.run();
        begin();
        String from = (table.partitioned() ? "" : "ONLY ") + table.name().sql();
        sample(
            table,
            local.getOrDefault(table.name(), from),
            estimates.getOrDefault(table.name(), -1.0));
        progress.advance(1, table.name().toString());
      }
      progress.done();
    }
    begin();
    return new Inspected(
        schema, samples, tables, LiveDdl.read(connection, guard, notSampled), notSampled, Map.of());
  }

  /** A partition is sampled through its parent, and a table of an extension is not. */
  private static boolean hasRows(Table table) {
    return table.partitionOf() == null
        && table.extension() == null
        && !table.copyColumns().isEmpty();
  }

  /**
   * The number of rows that the planner assumes, including those of partitions; -1 if the table was
   * never analyzed.
   */
  private Map<TableName, Double> estimates() {
    Map<TableName, Double> rows = new HashMap<>();
    Queries.rows(
            connection,
            LocalPartitions.TREE
                + """
                SELECT n.nspname::text, c.relname::text, CASE c.relkind WHEN 'p' THEN
                    (SELECT sum(greatest(p.reltuples, 0)) FROM tree
                     JOIN pg_catalog.pg_class p ON p.oid = tree.oid
                     WHERE tree.root = c.oid AND p.relkind <> 'p')
                  ELSE c.reltuples END
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p')\
                """,
            "estimating rows",
            row -> Map.entry(new TableName(row.getString(1), row.getString(2)), row.getDouble(3)))
        .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
    return rows;
  }

  /** A table whose rows cannot be read is reported, unless the session has ended. */
  private void sample(Table table, String from, double estimate) throws SQLException {
    if (from.isEmpty()) {
      notSampled(table, "All partitions with rows are foreign tables, which decant does not read.");
      return;
    }
    RowSampler rows = new RowSampler(memory);
    String columns = Quoting.identifiers(table.copyColumns());
    String some =
        estimate > WANTED
            ? String.format(
                Locale.ROOT,
                " TABLESAMPLE SYSTEM (%.6f) REPEATABLE (1)",
                Math.clamp(100 * WANTED / estimate, 0.000_001, 100))
            : "";
    try {
      copy("SELECT " + columns + " FROM " + from + some + " LIMIT " + ROWS, rows);
    } catch (SQLException e) {
      DecantException failure =
          DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading a sample of " + table.name());
      guard.run();
      if (connection.isClosed()) {
        throw failure;
      }
      notSampled(table, String.valueOf(failure.getMessage()));
      return;
    }
    samples.add(
        table.name(),
        table.copyColumns(),
        rows.profiles(),
        estimate < 0 || rows.rows() > estimate ? rows.rows() : Math.round(estimate));
  }

  private void notSampled(Table table, String reason) {
    notSampled.add(new NotCreated(0, table.name().toString(), reason, null, false));
  }

  private void copy(String query, RowSampler rows) throws SQLException {
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY ("
                    + query
                    + ") TO STDOUT"
                    + DatabaseEncoding.copyOptions(connection, List.of()));
    boolean complete = false;
    try {
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        rows.take(row);
      }
      complete = true;
    } finally {
      if (!complete && copy.isActive()) {
        Connections.abort(connection);
      }
    }
  }
}
