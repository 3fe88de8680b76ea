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
 * A database that is being loaded under a temporary name. {@link #publish} gives it its final name;
 * {@link #close} without that drops it. The pull stays connected to it while it loads, so other
 * pulls see that it is not left behind.
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

  /** Creates the database. */
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
   * Gives the database its name. If it replaces another database, that one is renamed in the same
   * transaction, its sessions are ended, and it is dropped afterwards.
   *
   * @param say receives a line if the name is not the wanted one
   * @return the final name
   * @throws DecantException {@link ErrorCode#REFUSED} if another client has created a database of
   *     that name meanwhile; {@link ErrorCode#DATABASE_FAILED} if the old one cannot be renamed
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

  /** Returns false if the name is taken and another one may be used. */
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
          e, ErrorCode.DATABASE_FAILED, "renaming the new database to " + to.name());
    }
    if (!old.isEmpty()) {
      drop(old);
    }
    return true;
  }

  private void requireAgreed(long oid, PullDestination destination) {
    if (oid != destination.old()) {
      throw PullDestination.refused(
          "Another client created the database "
              + destination.name()
              + " on "
              + server.host()
              + " during the pull. It was not replaced, and the pulled database was dropped. Pull"
              + " again.");
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

  /** The OID of the database that this transaction has renamed. */
  private static long oid(Connection connection, String database) {
    return Queries.rows(
            connection,
            "SELECT oid FROM pg_catalog.pg_database WHERE datname = " + Quoting.literal(database),
            "looking for the renamed database",
            row -> row.getLong(1))
        .getFirst();
  }

  private void closeAnchor() {
    try {
      if (anchor != null) {
        anchor.close();
      }
    } catch (SQLException e) {
      // The server has closed it already.
    }
  }

  /** Drops the database unless it was published. Statements that still run in it fail. */
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
      LOG.warn("{} The next pull tries again.", e.getMessage());
    }
  }
}
