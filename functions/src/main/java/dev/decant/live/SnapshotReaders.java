package dev.decant.live;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Connections;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.ServerAddress;
import dev.decant.run.Waits;
import dev.decant.stream.TextPipe;
import dev.decant.stream.TextSink;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Connections that read the rows of one state of a database. Each runs one statement at a time.
 * {@link #close} ends statements that still run, whatever thread waits for them.
 */
final class SnapshotReaders implements AutoCloseable {
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(3);

  /** The form of rows in SQL_ASCII, which need not be valid in the encoding of the client. */
  private static final String AS_STORED = " (ENCODING 'SQL_ASCII')";

  private final ServerAddress server;
  private final LiveSession session;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Set<Connection> busy = new HashSet<>();
  private boolean closed;

  /** Work with a connection. */
  interface Work {
    void with(Connection connection) throws SQLException;
  }

  SnapshotReaders(ServerAddress server, LiveSession session) {
    this.server = server;
    this.session = session;
  }

  /** Opens the rows of a part of a table. A thread of its own reads them ahead. */
  InputStream open(TableRows table, long part) {
    return new TextPipe("decant-copy", sink -> copy(table, part, sink));
  }

  private void copy(TableRows table, long part, TextSink sink) {
    String form = session.state().converts() ? "" : AS_STORED;
    use(
        "reading table " + table.name(),
        connection -> {
          CopyOut copy =
              connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copy(part) + form);
          for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            sink.write(row);
          }
        });
  }

  /** Runs work with a connection, which other work gets afterwards unless it failed. */
  void use(String doing, Work work) {
    try {
      Connection connection = take();
      work.with(connection);
      giveBack(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.of(
          e, ErrorCode.DATABASE_FAILED, doing + " of the database at " + server.place());
    }
  }

  private Connection take() throws SQLException {
    Connection used = idle();
    if (used != null) {
      return used;
    }
    Connection fresh = LiveSession.connect(server);
    if (!addBusy(fresh)) {
      LiveSession.close(fresh);
      throw new DecantException(ErrorCode.CANCELLED, "The reading of the database was ended.");
    }
    fresh.setReadOnly(true);
    fresh.setAutoCommit(false);
    share(fresh);
    return fresh;
  }

  private void share(Connection connection) {
    try {
      Queries.execute(
          connection,
          session.sql().begin(session.state().snapshot()),
          "sharing the snapshot of the database");
    } catch (DecantException e) {
      throw session.orLoss(e);
    }
  }

  private synchronized @Nullable Connection idle() {
    Connection connection = idle.poll();
    if (connection != null) {
      busy.add(connection);
    }
    return connection;
  }

  private synchronized boolean addBusy(Connection connection) {
    return !closed && busy.add(connection);
  }

  private synchronized void giveBack(Connection connection) {
    if (busy.remove(connection)) {
      idle.add(connection);
    }
  }

  /** Hands out no connection any more. Returns those that work; {@code unused} gets the others. */
  private synchronized List<Connection> end(Deque<Connection> unused) {
    closed = true;
    unused.addAll(idle);
    idle.clear();
    List<Connection> working = List.copyOf(busy);
    busy.clear();
    return working;
  }

  @Override
  public void close() {
    Deque<Connection> unused = new ArrayDeque<>();
    List<Connection> working = end(unused);
    unused.forEach(LiveSession::close);
    Waits.uninterrupted(() -> cancel(working));
    working.forEach(Connections::abort);
  }

  /** Asks the server to end what it still does for these connections. */
  private static void cancel(List<Connection> working) {
    try {
      List<Thread> requests =
          working.stream().map(c -> Thread.ofVirtual().start(() -> cancel(c))).toList();
      for (Thread request : requests) {
        var _ = request.join(CANCEL_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(Connection connection) {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // The server notices at its next answer that the connection is closed.
    }
  }
}
