package dev.decant.load;

import dev.decant.database.Database;
import dev.decant.database.DatabaseErrors;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on several connections at once. Statements on one table wait for each other here,
 * not in the server's lock queue, so that no connection idles. A statement that the rows refuse
 * (SQLSTATE class 23) is collected as a violation, and the others go on; any other failure ends the
 * run.
 */
public final class DdlRun {
  private static final String DEADLOCK = "40P01";
  private static final int ALONE = -1;

  private final Database database;
  private final Progress progress;
  private final Runnable guard;
  private final List<Ddl> waiting;

  /** How many statements share a table; {@link #ALONE} where one has it alone. */
  private final Map<TableName, Integer> busy = new HashMap<>();

  private final List<Violation> violated = new ArrayList<>();
  private int running;

  private DdlRun(Database database, List<Ddl> statements, Progress progress, Runnable guard) {
    this.database = database;
    this.progress = progress;
    this.guard = guard;
    this.waiting = new ArrayList<>(statements);
  }

  /**
   * Runs all, in any order that the tables allow.
   *
   * @param guard asked before each statement; throws to end the run
   * @return what the rows refused
   */
  public static List<Violation> inParallel(
      Database database, List<Ddl> statements, int connections, Progress progress, Runnable guard) {
    DdlRun run = new DdlRun(database, statements, progress, guard);
    run.run(Math.max(1, Math.min(connections, statements.size())));
    return List.copyOf(run.violated);
  }

  /** Runs all in order on one connection. A statement that the rows refuse fails the run too. */
  public static void inOrder(Connection connection, List<Ddl> statements, Runnable guard) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (Ddl ddl : statements) {
        guard.run();
        execute(statement, ddl);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "opening a statement");
    }
  }

  private static void execute(Statement statement, Ddl ddl) {
    try {
      statement.execute(ddl.sql());
    } catch (SQLException e) {
      throw failed(e, ddl);
    }
  }

  private static DecantException failed(SQLException e, Ddl ddl) {
    return DatabaseErrors.of(
        e,
        ErrorCode.DATABASE_FAILED,
        (ddl.line() > 0 ? "line " + ddl.line() + " of the dump, " : "") + ddl.object());
  }

  private void run(int connections) {
    if (waiting.isEmpty()) {
      return;
    }
    List<Future<?>> futures = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(
            connections, Thread.ofPlatform().name("decant-ddl-", 0).daemon().factory())) {
      for (int i = 0; i < connections; i++) {
        futures.add(workers.submit(this::work));
      }
      join(futures);
    }
  }

  private void join(List<Future<?>> futures) {
    DecantException failure = null;
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        failure = failure == null ? asDecant(e.getCause()) : failure;
        stop();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop();
        failure = new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static DecantException asDecant(@Nullable Throwable cause) {
    return cause instanceof DecantException e
        ? e
        : new DecantException(
            ErrorCode.BUG,
            "building constraints failed: " + cause,
            cause == null ? new IllegalStateException() : cause);
  }

  private void work() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (Ddl ddl = next(); ddl != null; ddl = next()) {
        boolean ended = false;
        try {
          guard.run();
          attempt(statement, ddl);
          ended = true;
        } finally {
          finished(ddl, ended);
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "connecting to build constraints");
    }
  }

  private void attempt(Statement statement, Ddl ddl) {
    for (int tries = 1; ; tries++) {
      try {
        statement.execute(ddl.sql());
        progress.advance(1, ddl.object());
        return;
      } catch (SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("23")) {
          violate(Violation.of(ddl, e));
          return;
        }
        if (!state.equals(DEADLOCK) || tries == 5) {
          throw failed(e, ddl);
        }
      }
    }
  }

  private synchronized void violate(Violation violation) {
    violated.add(violation);
  }

  /** The next statement whose tables are free; null when none is left. */
  private synchronized @Nullable Ddl next() {
    while (true) {
      for (Iterator<Ddl> i = waiting.iterator(); i.hasNext(); ) {
        Ddl ddl = i.next();
        if (take(ddl)) {
          i.remove();
          running++;
          return ddl;
        }
      }
      if (waiting.isEmpty() || running == 0) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
      }
    }
  }

  /** Takes the statement's tables, all or none. */
  private boolean take(Ddl ddl) {
    boolean free =
        ddl.alone().stream().noneMatch(busy::containsKey)
            && ddl.shared().stream().noneMatch(table -> busy.getOrDefault(table, 0) == ALONE);
    if (free) {
      ddl.alone().forEach(table -> busy.put(table, ALONE));
      ddl.shared().forEach(table -> busy.merge(table, 1, Integer::sum));
    }
    return free;
  }

  private synchronized void finished(Ddl ddl, boolean ended) {
    running--;
    ddl.alone().forEach(busy::remove);
    ddl.shared().forEach(table -> busy.computeIfPresent(table, (t, n) -> n == 1 ? null : n - 1));
    if (!ended) {
      waiting.clear();
    }
    notifyAll();
  }

  private synchronized void stop() {
    waiting.clear();
    notifyAll();
  }
}
