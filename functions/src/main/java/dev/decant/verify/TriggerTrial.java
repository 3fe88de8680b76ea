package dev.decant.verify;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Fires each enabled trigger of a table or view with rows once for each of its events, over one
 * row, and rolls everything back. Other triggers, and the foreign keys of the table, do not act
 * meanwhile, so a failure is one of the trigger itself.
 *
 * <p>Values that a trigger takes from a sequence are not rolled back. The caller has read the
 * values of the sequences that it needs.
 */
public final class TriggerTrial {
  private static final Duration STATEMENT = Duration.ofSeconds(5);
  private static final Duration TOTAL = Duration.ofSeconds(60);

  /** A function can change or ignore the limits of its own session, but not this one. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /**
   * The states of violated foreign keys, unique keys and exclusions. The row exists already, so a
   * trigger that works may write a second one that depends on it, for example into a history.
   */
  private static final Set<String> EXISTS_ALREADY = Set.of("23503", "23505", "23P01");

  private static final String CANCELED = "57014";
  private static final String RAISED = "P0001";

  private final Connection empty;
  private final Database rows;
  private final Runnable check;
  private final long end = System.nanoTime() + TOTAL.toNanos();

  private TriggerTrial(Connection empty, Database rows, Runnable check) {
    this.empty = empty;
    this.rows = rows;
    this.check = check;
  }

  /**
   * The triggers that could not be fired, with the reasons, which contain no value of a row.
   *
   * @param empty to a database that has the triggers, with the role that owns the other database
   * @param rows the database with the rows; it is used for nothing else meanwhile
   * @param check is called before each trigger, and throws if the run must end
   */
  public static Map<String, String> run(Connection empty, Database rows, Runnable check) {
    Queries.execute(empty, "SET search_path = ''", "setting the search_path");
    return new TriggerTrial(empty, rows, check).run(EnabledTrigger.all(empty));
  }

  private Map<String, String> run(List<EnabledTrigger> triggers) {
    Map<String, String> failed = new LinkedHashMap<>();
    int next = 0;
    while (next < triggers.size()) {
      next = run(triggers, next, failed);
    }
    return failed;
  }

  /** Fires triggers until the session ends. Returns the index of the first one that is left. */
  private int run(List<EnabledTrigger> triggers, int first, Map<String, String> failed) {
    try (Connection connection = rows.connect();
        Statement session = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
      connection.setAutoCommit(false);
      session.setEscapeProcessing(false);
      int process = connection.unwrap(PGConnection.class).getBackendPID();
      begin(session);
      int next = first;
      while (next < triggers.size() && !connection.isClosed()) {
        check.run();
        EnabledTrigger trigger = triggers.get(next++);
        String reason = reason(session, trigger);
        if (!reason.isEmpty()) {
          failed.put(trigger.title(), reason);
        }
      }
      if (connection.isClosed()) {
        terminate(process);
      } else {
        connection.rollback();
      }
      return next;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "firing the triggers");
    }
  }

  /** Limits the statements, and switches off the triggers of all tables. */
  private static void begin(Statement session) throws SQLException {
    session.execute(
        """
        SET LOCAL statement_timeout = %1$d; SET LOCAL lock_timeout = %1$d;
        SET LOCAL client_min_messages = error; SET LOCAL search_path = '';
        DO $decant$
        DECLARE t record;
        BEGIN
          FOR t IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_catalog.pg_trigger
            JOIN pg_catalog.pg_class c ON c.oid = tgrelid AND relkind IN ('r', 'p')
            WHERE NOT tgisinternal AND tgenabled <> 'D'
          LOOP
            EXECUTE 'ALTER TABLE ' || t.name || ' DISABLE TRIGGER USER';
          END LOOP;
        END $decant$;
        SAVEPOINT decant\
        """
            .formatted(STATEMENT.toMillis()));
  }

  /** Ends the server's process of a connection that was given up. It may still hold its locks. */
  private void terminate(int process) {
    Queries.execute(
        empty,
        "SELECT pg_catalog.pg_terminate_backend(" + process + ")",
        "ending the session of a trigger");
  }

  /** The reason of the first failure of a trigger; empty if there is none. */
  private String reason(Statement session, EnabledTrigger trigger) throws SQLException {
    if (System.nanoTime() > end) {
      return "it was not fired, because the triggers took more than "
          + TOTAL.toSeconds()
          + " seconds";
    }
    try {
      String row = Queries.text(session, trigger.oneRow());
      if (row.equals("null")) {
        return "";
      }
      for (Map.Entry<String, String> event : trigger.firing(row).entrySet()) {
        session.execute(trigger.prepared());
        String reason = fire(session, event.getKey(), event.getValue());
        if (!reason.isEmpty()) {
          return reason;
        }
      }
      return "";
    } catch (SQLException e) {
      rollBack(session);
      return "it was not fired: " + DatabaseErrors.nameOfState(e);
    }
  }

  private static String fire(Statement session, String event, String sql) throws SQLException {
    try {
      session.execute(sql);
      session.execute("SET CONSTRAINTS ALL IMMEDIATE");
      rollBack(session);
      return "";
    } catch (SQLException e) {
      rollBack(session);
      String state = String.valueOf(e.getSQLState());
      if (!session.getConnection().isClosed() && isNoFailure(state, event)) {
        return "";
      }
      return session.getConnection().isClosed() || state.equals(CANCELED)
          ? "it did not end in time when " + event + " fired it over a masked row"
          : "it failed when "
              + event
              + " fired it over a masked row: "
              + DatabaseErrors.nameOfState(e);
    }
  }

  /** A trigger may also refuse that rows are deleted, whatever their values are. */
  private static boolean isNoFailure(String state, String event) {
    boolean deletes = event.equals(EnabledTrigger.DELETE) || event.equals(EnabledTrigger.TRUNCATE);
    return EXISTS_ALREADY.contains(state) || (deletes && state.equals(RAISED));
  }

  private static void rollBack(Statement session) throws SQLException {
    if (!session.getConnection().isClosed()) {
      session.execute("ROLLBACK TO SAVEPOINT decant");
    }
  }
}
