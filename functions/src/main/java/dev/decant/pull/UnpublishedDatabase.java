package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.DatabaseStatements;
import dev.decant.postgres.OtherSessions;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database while it is being loaded, under a name that nobody looks for. {@link #publish} gives
 * it its own; {@link #close} without that drops it. While we live we are connected to it, by which
 * other pulls know that it is not a leftover.
 */
final class UnpublishedDatabase implements Database, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnpublishedDatabase.class);
  private static final int RENAME_ATTEMPTS = 5;
  private static final String IN_USE = "55006";
  private static final String TAKEN = "42P04";

  private final PullServer server;
  private final SnapshotName snapshot;
  private final String name;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Connection anchor;

  private UnpublishedDatabase(PullServer server, SnapshotName snapshot, String name) {
    this.server = server;
    this.snapshot = snapshot;
    this.name = name;
  }

  /** Makes it, empty. */
  static UnpublishedDatabase create(
      PullServer server, SnapshotName snapshot, String wanted, DatabaseCreation how) {
    String name = DatabaseNames.pulling(wanted, Instant.now(), random());
    server.execute(
        "creating a database on " + server.host(),
        "CREATE DATABASE " + Quoting.identifier(name) + ' ' + how.clauses());
    UnpublishedDatabase made = new UnpublishedDatabase(server, snapshot, name);
    try {
      made.anchor = made.connect();
      server.execute("marking the new database", made.mark(name, PullMark.State.LOADING));
      return made;
    } catch (Throwable e) {
      made.close();
      throw e;
    }
  }

  private String mark(String database, PullMark.State state) {
    return DatabaseStatements.comment(database, PullMark.of(snapshot, state).text());
  }

  private static int random() {
    return new SecureRandom().nextInt();
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
   * @param say told where it gets another name
   * @return the name that it has now
   * @throws DecantException {@link ErrorCode#REFUSED} where the name was taken meanwhile; {@link
   *     ErrorCode#DATABASE_FAILED} where the old one cannot be moved
   */
  String publish(PullDestination destination, Consumer<String> say) {
    server.execute("marking the new database", mark(name, PullMark.State.PUBLISHING));
    closeAnchor();
    PullDestination to = destination;
    while (!publish(to)) {
      to = to.elsewhere(server, say);
    }
    over.set(true);
    return to.name();
  }

  /** Whether it could have that name; not where another will do. */
  private boolean publish(PullDestination to) {
    Optional<ServerDatabase> there = ServerDatabase.named(server, to.name());
    if (there.isPresent() && to.moves()) {
      return false;
    }
    there.ifPresent(database -> requireAgreed(database.oid(), to));
    String old =
        there.isPresent() ? DatabaseNames.replaced(to.name(), Instant.now(), random()) : "";
    try (Connection connection = server.connectBeside(to.name())) {
      rename(connection, to, old);
    } catch (SQLException e) {
      if (to.moves() && TAKEN.equals(e.getSQLState())) {
        return false;
      }
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, "giving the new database its name " + to.name());
    }
    if (!old.isEmpty()) {
      drop(old);
    }
    return true;
  }

  private void requireAgreed(long oid, PullDestination destination) {
    if (oid != destination.old()) {
      throw PullDestination.refused(
          "Somebody made a database "
              + destination.name()
              + " on "
              + server.host()
              + " meanwhile; it stays, and what was pulled is gone. Pull again.");
    }
  }

  private void rename(Connection connection, PullDestination to, String old) throws SQLException {
    connection.setAutoCommit(false);
    for (int attempt = 1; ; attempt++) {
      try (Statement statement = connection.createStatement()) {
        if (!old.isEmpty()) {
          OtherSessions.end(statement, List.of(to.name()), true);
          statement.execute(DatabaseStatements.rename(to.name(), old));
          requireAgreed(oid(connection, old), to);
          statement.execute(mark(old, PullMark.State.REPLACED));
        }
        statement.execute(DatabaseStatements.rename(name, to.name()));
        statement.execute(mark(to.name(), PullMark.State.WHOLE));
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

  /** Of what we have just renamed: until the end of the transaction it keeps the name. */
  private static long oid(Connection connection, String database) {
    return Queries.rows(
            connection,
            "SELECT oid FROM pg_catalog.pg_database WHERE datname = " + Quoting.literal(database),
            "asking for what was renamed",
            row -> row.getLong(1))
        .getFirst();
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
      server.execute("dropping " + database, DatabaseStatements.dropByForce(database));
    } catch (DecantException e) {
      LOG.warn("{}; the next pull will try again", e.getMessage());
    }
  }
}
