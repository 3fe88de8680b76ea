package dev.decant.pull;

import static dev.decant.schema.TableName.alwaysQuoted;

import dev.decant.database.Database;
import dev.decant.database.DatabaseErrors;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database while it is being loaded, under a name that nobody looks for. {@link #publish} gives
 * it its own; {@link #close} without that drops it. While we live we are connected to it, by which
 * other pulls know that it is not a leftover.
 */
final class PullingDatabase implements Database, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PullingDatabase.class);
  private static final int RENAME_ATTEMPTS = 5;
  private static final String IN_USE = "55006";

  private final TargetServer server;
  private final SnapshotName snapshot;
  private final String name;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Connection anchor;

  private PullingDatabase(TargetServer server, SnapshotName snapshot, String name) {
    this.server = server;
    this.snapshot = snapshot;
    this.name = name;
  }

  /** Makes it, empty. */
  static PullingDatabase create(
      TargetServer server, SnapshotName snapshot, String wanted, NewDatabase how) {
    String name = DatabaseNames.pulling(wanted, Instant.now(), random());
    server.execute(
        "creating a database on " + server.host(),
        "CREATE DATABASE " + alwaysQuoted(name) + ' ' + how.clauses());
    PullingDatabase made = new PullingDatabase(server, snapshot, name);
    try {
      made.anchor = made.connect();
      server.execute(
          "marking the new database", comment(name, PullMark.of(snapshot, PullMark.State.LOADING)));
      return made;
    } catch (Throwable e) {
      made.close();
      throw e;
    }
  }

  private static int random() {
    return new SecureRandom().nextInt();
  }

  private static String comment(String database, PullMark mark) {
    return "COMMENT ON DATABASE "
        + alwaysQuoted(database)
        + " IS "
        + TargetServer.literal(mark.text());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Connection connect() {
    return server.address().connect(name);
  }

  /**
   * Gives it its name, in one transaction with the old one's renaming where there is one; then
   * drops the old one. Whoever is connected to the old one is sent away.
   *
   * @throws DecantException {@link ErrorCode#REFUSED} where the name was taken meanwhile; {@link
   *     ErrorCode#DATABASE_FAILED} where the old one cannot be moved
   */
  void publish(Destination destination) {
    requireUnchanged(destination);
    closeAnchor();
    String old =
        destination.replaces()
            ? DatabaseNames.replaced(destination.name(), Instant.now(), random())
            : "";
    try (Connection connection = server.connect()) {
      rename(connection, destination.name(), old);
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "giving the new database its name " + destination.name());
    }
    over.set(true);
    if (!old.isEmpty()) {
      drop(old);
    }
  }

  private void requireUnchanged(Destination destination) {
    boolean there = ServerDatabase.named(server, destination.name()).isPresent();
    if (there && !destination.replaces()) {
      throw Destination.refused(
          "Somebody made a database "
              + destination.name()
              + " on "
              + server.host()
              + " meanwhile; it stays, and what was pulled is gone. Pull again.");
    }
  }

  private void rename(Connection connection, String to, String old) throws SQLException {
    connection.setAutoCommit(false);
    boolean replaces = !old.isEmpty() && ServerDatabase.named(server, to).isPresent();
    for (int attempt = 1; ; attempt++) {
      try (Statement statement = connection.createStatement()) {
        if (replaces) {
          sendAway(statement, to);
          statement.execute(renamed(to, old));
          statement.execute(comment(old, PullMark.of(snapshot, PullMark.State.REPLACED)));
        }
        statement.execute(renamed(name, to));
        statement.execute(comment(to, PullMark.of(snapshot, PullMark.State.WHOLE)));
        connection.commit();
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!IN_USE.equals(e.getSQLState()) || attempt == RENAME_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static String renamed(String from, String to) {
    return "ALTER DATABASE " + alwaysQuoted(from) + " RENAME TO " + alwaysQuoted(to);
  }

  /** They would keep the name from moving. Who comes meanwhile waits for the new one. */
  private static void sendAway(Statement statement, String database) throws SQLException {
    statement.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = "
            + TargetServer.literal(database)
            + " AND pid <> pg_backend_pid()");
  }

  private void closeAnchor() {
    try {
      if (anchor != null) {
        anchor.close();
      }
    } catch (SQLException e) {
      // Then the server has closed it.
    }
  }

  /** Drops it, whoever is at work in it: their statements fail. */
  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      closeAnchor();
      drop(name);
    }
  }

  private void drop(String database) {
    try {
      server.execute(
          "dropping " + database,
          "DROP DATABASE IF EXISTS " + alwaysQuoted(database) + " WITH (FORCE)");
    } catch (DecantException e) {
      LOG.warn("{}; the next pull will try again", e.getMessage());
    }
  }
}
