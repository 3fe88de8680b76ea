package dev.decant.load;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Connections;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.progress.Progress;
import dev.decant.run.TaskGroup;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs DDL statements on several connections at once. Two statements that need the same table are
 * never sent at the same time, so no connection waits in the lock queue of the server. If the rows
 * violate a statement (SQLSTATE class 23), the violation is collected and the other statements
 * continue. Any other failure ends the run.
 */
public final class DdlRun {
  private static final String LOCALE =
      " The operating system of the server may lack the locale of this collation. Install the"
          + " locale there, or use a server that has it.";
  private static final String DEADLOCK = "40P01";
  private static final int ALONE = -1;

  private final Database database;
  private final Progress progress;
  private final TaskGroup group;
  private final Unverified unverified;
  private final List<DdlStatement> waiting;

  /** The number of statements that share a table, or {@link #ALONE} if one needs it alone. */
  private final Map<TableName, Integer> busy = new HashMap<>();

  private final List<Violation> violated = new ArrayList<>();

  private DdlRun(
      Database database,
      List<DdlStatement> statements,
      Progress progress,
      TaskGroup group,
      Unverified unverified) {
    this.database = database;
    this.progress = progress;
    this.group = group;
    this.unverified = unverified;
    this.waiting = new ArrayList<>(statements);
  }

  /**
   * Runs all statements, in any order that the tables allow.
   *
   * @param guard called before each statement and during each wait; throws to end the run
   * @return the violations of the rows
   */
  public static List<Violation> inParallel(
      Database database,
      List<DdlStatement> statements,
      int connections,
      Progress progress,
      Runnable guard) {
    return inParallel(database, statements, connections, progress, guard, new Unverified());
  }

  /**
   * As {@link #inParallel(Database, List, int, Progress, Runnable)}.
   *
   * @param unverified decides which failed statements may be left out, and records them
   */
  public static List<Violation> inParallel(
      Database database,
      List<DdlStatement> statements,
      int connections,
      Progress progress,
      Runnable guard,
      Unverified unverified) {
    try (TaskGroup group = new TaskGroup("decant-ddl", guard)) {
      DdlRun run = new DdlRun(database, statements, progress, group, unverified);
      for (int i = 0; i < Math.min(Math.max(1, connections), statements.size()); i++) {
        group.start(run::work);
      }
      group.join();
      return List.copyOf(run.violated);
    }
  }

  /** Runs all statements in order on one connection. Any failure ends the run. */
  public static void inOrder(Connection connection, List<DdlStatement> statements, Runnable guard) {
    inOrder(connection, statements, guard, new Unverified());
  }

  /**
   * As {@link #inOrder(Connection, List, Runnable)}.
   *
   * @param unverified decides which failed statements may be left out, and records them
   */
  public static void inOrder(
      Connection connection, List<DdlStatement> statements, Runnable guard, Unverified unverified) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (DdlStatement ddl : statements) {
        guard.run();
        execute(statement, ddl, unverified);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "opening a statement");
    }
  }

  /**
   * Runs a statement that may fail because of its own text or because of the rows, and records the
   * failure.
   *
   * @return whether it succeeded
   * @throws DecantException if the server or the connection failed
   */
  public static boolean tryOne(
      Connection connection, DdlStatement ddl, Runnable guard, Unverified unverified) {
    guard.run();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(ddl.sql());
      return true;
    } catch (SQLException e) {
      unverified.leaveOutIfFailing(List.of(ddl));
      if (!unverified.leavesOut(ddl, e)) {
        throw failed(e, ddl, unverified);
      }
      return false;
    }
  }

  private static void execute(Statement statement, DdlStatement ddl, Unverified unverified) {
    try {
      unverified.execute(statement, ddl);
    } catch (SQLException e) {
      if (!unverified.accepts(ddl, e)) {
        throw failed(e, ddl, unverified);
      }
    }
  }

  private static DecantException failed(SQLException e, DdlStatement ddl, Unverified unverified) {
    DecantException failure =
        DatabaseErrors.of(
            e,
            ErrorCode.DATABASE_FAILED,
            (ddl.line() > 0
                    ? "the statement at line " + ddl.line() + " of the dump"
                    : "a statement")
                + " for "
                + ddl.object(),
            ddl.sql());
    String hint = unverified.hint(e) + (ddl.object().startsWith("COLLATION ") ? LOCALE : "");
    return hint.isEmpty()
        ? failure
        : new DecantException(failure.code(), failure.getMessage() + hint);
  }

  private void work() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      group.onFailure(() -> Connections.abort(connection));
      for (DdlStatement ddl = next(); ddl != null; ddl = next()) {
        attempt(statement, ddl);
        finished(ddl);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "connecting to build constraints");
    }
  }

  private void attempt(Statement statement, DdlStatement ddl) {
    for (int tries = 1; ; tries++) {
      try {
        unverified.execute(statement, ddl);
        progress.advance(1, ddl.object());
        return;
      } catch (SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (unverified.leavesOut(ddl, e)) {
          return;
        }
        if (state.startsWith("23")) {
          violate(Violation.of(ddl, e));
          return;
        }
        if (unverified.accepts(ddl, e)) {
          return;
        }
        if (!state.equals(DEADLOCK) || tries == 5) {
          throw failed(e, ddl, unverified);
        }
      }
    }
  }

  private void violate(Violation violation) {
    group.update(() -> violated.add(violation));
  }

  /** Waits for the next statement whose tables are free. Returns null if no statement is left. */
  private @Nullable DdlStatement next() {
    List<DdlStatement> found = new ArrayList<>(1);
    group.await(
        () -> {
          for (Iterator<DdlStatement> i = waiting.iterator(); i.hasNext() && found.isEmpty(); ) {
            DdlStatement ddl = i.next();
            if (take(ddl)) {
              i.remove();
              found.add(ddl);
            }
          }
          return waiting.isEmpty() || !found.isEmpty();
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Reserves all tables of the statement, or none of them. */
  private boolean take(DdlStatement ddl) {
    boolean free =
        ddl.alone().stream().noneMatch(busy::containsKey)
            && ddl.shared().stream().noneMatch(table -> busy.getOrDefault(table, 0) == ALONE);
    if (free) {
      ddl.alone().forEach(table -> busy.put(table, ALONE));
      ddl.shared().forEach(table -> busy.merge(table, 1, Integer::sum));
    }
    return free;
  }

  private void finished(DdlStatement ddl) {
    group.update(
        () -> {
          ddl.alone().forEach(busy::remove);
          ddl.shared()
              .forEach(table -> busy.computeIfPresent(table, (t, n) -> n == 1 ? null : n - 1));
        });
  }
}
