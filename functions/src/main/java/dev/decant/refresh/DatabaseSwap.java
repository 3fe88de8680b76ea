package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.OtherSessions;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the new database the old one's name: two renames in one transaction, so that a process that
 * is killed at any moment leaves either the old database or the new one under the name.
 *
 * <p>A rename locks the database against new sessions from its first moment, and then waits for
 * those that are there to end. Meanwhile a second connection ends them: idle ones at once, those
 * within a transaction after a grace. Sessions that come meanwhile wait for the lock, and find the
 * new database, or an error that makes them connect once more.
 */
final class DatabaseSwap {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSwap.class);

  private static final long GRACE_MILLIS = 300;

  /** An attempt that takes longer gives the name free again: staging was away for so long. */
  private static final int ATTEMPT_MILLIS = 900;

  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 2_000;
  private static final long POLL_MILLIS = 5;

  private final TargetServer server;
  private final RefreshHistory history;
  private final String database;
  private final String left;
  private final Runnable guard;

  /**
   * @param left what is true where it does not succeed, for the message
   */
  DatabaseSwap(TargetServer server, RefreshHistory history, String left, Runnable guard) {
    this.server = server;
    this.history = history;
    this.database = server.database();
    this.left = left;
    this.guard = guard;
  }

  /**
   * Swaps, or leaves all as it was.
   *
   * @param next the database that takes the name, and the comment that goes with it
   * @param previous what the one that has the name is called then
   * @param previousMark its comment
   * @return milliseconds from the first session ended to the new name
   */
  long run(NextDatabase next, String previous, String previousMark) {
    String comment = next.oldComment();
    for (int attempt = 1; ; attempt++) {
      guard.run();
      try {
        return attempt(next, comment, previous, previousMark);
      } catch (SQLException e) {
        if (!mayPass(e) || attempt == ATTEMPTS) {
          throw failed(e);
        }
        LOG.info("the swap of {} waits: attempt {} of {}", database, attempt, ATTEMPTS);
        pause();
      }
    }
  }

  /** In use, lock not had in time, statement not done in time, deadlock. */
  private static boolean mayPass(SQLException e) {
    return List.of("55006", "55P03", "57014", "40P01").contains(String.valueOf(e.getSQLState()));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(ErrorCode.CANCELLED, "The run was cancelled before the swap.");
    }
  }

  private long attempt(NextDatabase next, String comment, String previous, String previousMark)
      throws SQLException {
    Connection connection = history.connection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        Ending ending = Ending.start(server, List.of(database, next.name()))) {
      statement.setEscapeProcessing(false);
      statement.execute(
          "SET LOCAL lock_timeout = "
              + ATTEMPT_MILLIS
              + "; SET LOCAL statement_timeout = "
              + ATTEMPT_MILLIS);
      if (next.oldExists()) {
        statement.execute(DatabaseStatements.rename(database, previous));
        statement.execute(DatabaseStatements.comment(previous, previousMark));
      }
      statement.execute(DatabaseStatements.rename(next.name(), database));
      statement.execute(DatabaseStatements.comment(database, comment));
      history.swapped(previous);
      commit(connection);
      return next.oldExists() ? ending.millis() : 0;
    } catch (SQLException | DecantException e) {
      rollback(connection);
      throw e;
    }
  }

  /** After it there is one state or the other; where the answer is lost, which one is not known. */
  private void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      DecantException cause =
          DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "committing the swap of " + database);
      if (cause.code() != ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      throw new DecantException(
          cause.code(),
          cause.getMessage()
              + ". Whether it took place the server did not tell: "
              + database
              + " is the old database or the new one, either whole.");
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.debug("the connection is broken; the server rolls back by itself");
    }
  }

  private DecantException failed(SQLException e) {
    Map<String, Integer> sessions = new TreeMap<>();
    try (Connection connection = server.maintenance()) {
      for (String session :
          Queries.texts(
              connection,
              "SELECT coalesce(usename, '') || ' ' || coalesce(backend_type, '') FROM"
                  + " pg_catalog.pg_stat_activity WHERE datname = "
                  + Quoting.literal(database),
              "looking at the sessions of " + database)) {
        sessions.merge(session, 1, Integer::sum);
      }
    } catch (SQLException | DecantException other) {
      LOG.debug("the sessions of {} cannot be listed", database);
    }
    List<String> who = new ArrayList<>();
    sessions.forEach((session, count) -> who.add(count + " x " + session));
    DecantException cause =
        DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "renaming database " + database);
    return new DecantException(
        cause.code(),
        cause.getMessage()
            + ", in "
            + ATTEMPTS
            + " attempts; "
            + left
            + ". Sessions there now: "
            + (who.isEmpty() ? "none" : String.join(", ", who))
            + ". Stop what keeps it in use (hooks: before), and try again.");
  }

  /** Ends the sessions of databases, again and again, until it is closed. */
  private static final class Ending implements AutoCloseable {
    private final TargetServer server;
    private final List<String> databases;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong first = new AtomicLong();
    private final long begin = System.nanoTime();
    private final Connection connection;
    private final Thread thread;

    private Ending(TargetServer server, List<String> databases) {
      this.server = server;
      this.databases = databases;
      this.connection = server.maintenance();
      this.thread = Thread.ofPlatform().daemon().name("decant-ending").unstarted(this::work);
    }

    static Ending start(TargetServer server, List<String> databases) {
      Ending ending = new Ending(server, databases);
      ending.thread.start();
      return ending;
    }

    /** Since the first session was ended, or the rename began. */
    long millis() {
      long from = first.get() == 0 ? begin : first.get();
      return (System.nanoTime() - from) / 1_000_000;
    }

    private void work() {
      try (Statement statement = connection.createStatement()) {
        while (!stopped.get()) {
          end(statement);
          Thread.sleep(POLL_MILLIS);
        }
      } catch (SQLException e) {
        LOG.warn(
            "{}", DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "ending sessions").getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Those that we may not end are left: the rename tells of them. */
    private void end(Statement statement) throws SQLException {
      boolean graceOver = System.nanoTime() - begin > GRACE_MILLIS * 1_000_000;
      if (OtherSessions.end(statement, databases, graceOver)) {
        first.compareAndSet(0, System.nanoTime());
      }
    }

    @Override
    public void close() {
      stopped.set(true);
      try {
        thread.join(5_000);
        connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (SQLException e) {
        LOG.debug("closing a connection of {} failed", server.host());
      }
    }
  }
}
