package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the new database the name of the old one, by two renames in one transaction. If the process
 * is killed at any moment, either the old or the new database has the name.
 *
 * <p>A rename first locks the database against new sessions and then waits until the existing
 * sessions end. Meanwhile a second connection ends them: idle ones at once, those within a
 * transaction after a grace period. A client that connects during the swap waits for the lock. It
 * then reaches the new database, or it gets an error and must connect again.
 */
final class DatabaseSwap {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSwap.class);

  /** Milliseconds after which an attempt is given up. Clients cannot connect during an attempt. */
  private static final int ATTEMPT_MILLIS = 900;

  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 2_000;

  private final TargetServer server;
  private final RefreshHistory history;
  private final String database;
  private final String left;
  private final Runnable guard;

  /**
   * @param left the state after a failure, as a clause for the message
   */
  DatabaseSwap(TargetServer server, RefreshHistory history, String left, Runnable guard) {
    this.server = server;
    this.history = history;
    this.database = server.database();
    this.left = left;
    this.guard = guard;
  }

  /**
   * Swaps the databases, or changes nothing.
   *
   * @param next the database that gets the name, and the comment of the old one
   * @param previous the new name of the old database
   * @param previousMark the new comment of the old database
   * @return milliseconds between the end of the first session and the moment when the new database
   *     has the name
   */
  long run(NextDatabase next, String previous, String previousMark) {
    String comment = next.oldComment();
    for (int attempt = 1; ; attempt++) {
      guard.run();
      try {
        return attempt(next, comment, previous, previousMark);
      } catch (SQLException e) {
        if (!mayPass(e) || attempt == ATTEMPTS) {
          throw failed(e, attempt);
        }
        LOG.info(
            "the swap of {} could not lock the database: attempt {} of {}",
            database,
            attempt,
            ATTEMPTS);
        pause();
      }
    }
  }

  /**
   * The states of a database in use, of a lock timeout, of a statement timeout, and of a deadlock.
   */
  private static boolean mayPass(SQLException e) {
    return List.of("55006", "55P03", "57014", "40P01").contains(String.valueOf(e.getSQLState()));
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(
          ErrorCode.CANCELLED, "The run was cancelled before the swap; " + left + ".");
    }
  }

  private long attempt(NextDatabase next, String comment, String previous, String previousMark)
      throws SQLException {
    Connection connection = history.connection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        SessionEnding ending = SessionEnding.start(server, List.of(database, next.name()))) {
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

  /**
   * Commits. If the connection breaks before the answer arrives, nobody knows which of the two
   * databases has the name.
   */
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
              + " The server did not report whether the swap took place. "
              + database
              + " is either the old or the new database, and it is complete.");
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

  private DecantException failed(SQLException e, int attempts) {
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
            + " After "
            + attempts
            + (attempts == 1 ? " attempt, " : " attempts, ")
            + left
            + ". These sessions are in the database now: "
            + (who.isEmpty() ? "none" : String.join(", ", who))
            + ". Stop the programs that use it, by a before hook for example, and try again.");
  }
}
