package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table that lists the items whose rows are in the scratch database. It is in a schema of its
 * own in that database. The rows of an item and its line are one transaction, so an item is loaded
 * whole and once, or not at all.
 *
 * <p>The table is unlogged like the tables of the rows: if the server crashes, it empties both. The
 * line of the plan, which has the number {@link #PLAN}, is then absent, too. So a crash is noticed
 * even if no item was done before it.
 */
final class ControlTable {
  private static final int PLAN = -1;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String LOCK_WAIT = "10min";

  private final String run;
  private final String schema;
  private final String table;

  /**
   * An item that is done.
   *
   * @param file the name of its file of facts
   * @param sha256 the SHA-256 of that file
   */
  record Done(int item, String file, String sha256, long rows) {}

  ControlTable(String run) {
    this.run = run;
    this.schema = Quoting.identifier("decant_scale_" + run);
    this.table = schema + ".items";
  }

  /** Creates the table, with the line of the plan. */
  void create(Connection connection) {
    Queries.execute(
        connection,
        "CREATE SCHEMA "
            + schema
            + "; CREATE UNLOGGED TABLE "
            + table
            + " (item int PRIMARY KEY, file text NOT NULL, sha256 text NOT NULL, rows bigint NOT"
            + " NULL); INSERT INTO "
            + table
            + " VALUES ("
            + PLAN
            + ", '', '', 0)",
        "creating the list of items");
  }

  /**
   * Waits for another process that loads the same item, until the end of its transaction.
   *
   * @return the line of the item if that process or an earlier one has loaded it
   */
  Optional<Done> begin(Connection transaction, int item) {
    try {
      requireNotTaken(transaction);
      Queries.execute(transaction, "SET LOCAL lock_timeout = '" + LOCK_WAIT + "'", "waiting");
      lock(transaction, item);
      Map<Integer, Done> lines = lines(transaction, "WHERE item IN (" + PLAN + ", " + item + ")");
      requirePlan(lines);
      return Optional.ofNullable(lines.get(item));
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "waiting for item " + item);
    }
  }

  private void lock(Connection transaction, int item) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("SELECT pg_catalog.pg_advisory_xact_lock(" + item + ")");
      statement.execute("SET LOCAL lock_timeout = 0");
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new DecantException(
            ErrorCode.BUSY,
            "Another process has been loading item "
                + item
                + " of the run "
                + run
                + " for more than ten minutes. Run the command again when it has ended.");
      }
      throw e;
    }
  }

  /** Adds the line of an item that this transaction has loaded. */
  void end(Connection transaction, Done done) {
    try (PreparedStatement insert =
        transaction.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
      insert.setInt(1, done.item);
      insert.setString(2, done.file);
      insert.setString(3, done.sha256);
      insert.setLong(4, done.rows);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "adding item " + done.item + " to the list of items");
    }
  }

  /**
   * The lines of all items.
   *
   * @throws DecantException ROWS_DIFFER if an item is not done, or if the rows were taken before
   */
  List<Done> all(Connection transaction, int items) {
    // A second process waits here until the first one has taken the rows or failed to.
    Queries.execute(
        transaction,
        "SELECT pg_catalog.pg_advisory_xact_lock(" + PLAN + ")",
        "waiting for another process that takes the rows of the run");
    requireNotTaken(transaction);
    Map<Integer, Done> lines = lines(transaction, "");
    requirePlan(lines);
    List<Integer> missing =
        IntStream.range(0, items).filter(i -> !lines.containsKey(i)).boxed().toList();
    if (!missing.isEmpty() || lines.size() != items + 1) {
      throw notDone(missing, items);
    }
    return IntStream.range(0, items).mapToObj(i -> Objects.requireNonNull(lines.get(i))).toList();
  }

  private void requireNotTaken(Connection transaction) {
    if (!exists(transaction)) {
      throw taken(run);
    }
  }

  /** The error of a process that needs rows which {@code finish} has taken. */
  static DecantException taken(String run) {
    return new DecantException(
        ErrorCode.ROWS_DIFFER,
        "`decant scale finish` has taken the rows of the run "
            + run
            + " and has not published. Its sql steps may have changed them, so they cannot be used"
            + " again. If it is still at work, wait for it. Otherwise run `decant scale forget"
            + " --run "
            + run
            + "`, and start again with a new plan.");
  }

  private DecantException notDone(List<Integer> missing, int items) {
    return new DecantException(
        ErrorCode.ROWS_DIFFER,
        missing.size()
            + " of the "
            + items
            + " items of the run "
            + run
            + " are not done: "
            + missing.stream().limit(20).map(String::valueOf).collect(Collectors.joining(", "))
            + (missing.size() > 20 ? ", …" : "")
            + ". Nothing is published. Run `decant scale chunk --run "
            + run
            + " --item N` for each of them, and then this command again.");
  }

  /** Removes the schema of the table, so that the database is that of an ordinary run. */
  void drop(Connection transaction) {
    Queries.execute(
        transaction, "DROP SCHEMA " + schema + " CASCADE", "removing the list of items");
  }

  private boolean exists(Connection connection) {
    return Queries.isTrue(
        connection,
        "SELECT pg_catalog.to_regclass(" + Quoting.literal(table) + ") IS NOT NULL",
        "looking for the list of items");
  }

  private Map<Integer, Done> lines(Connection connection, String which) {
    return Queries.rows(
            connection,
            "SELECT item, file, sha256, rows FROM " + table + ' ' + which,
            "reading the list of items",
            row -> new Done(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4)))
        .stream()
        .collect(Collectors.toMap(Done::item, done -> done));
  }

  private void requirePlan(Map<Integer, Done> lines) {
    if (!lines.containsKey(PLAN)) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The scratch server crashed during the run "
              + run
              + " and lost the rows that were loaded. Run `decant scale forget --run "
              + run
              + "`, and start again with a new plan.");
    }
  }
}
