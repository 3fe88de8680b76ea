package dev.decant.refresh;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.OtherSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the sessions of some databases repeatedly, in a thread of its own, until it is closed. */
final class SessionEnding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEnding.class);

  /** How long a session may take to end its transaction. */
  private static final long GRACE_MILLIS = 300;

  private static final long POLL_MILLIS = 5;

  private final TargetServer server;
  private final List<String> databases;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong first = new AtomicLong();
  private final long begin = System.nanoTime();
  private final Connection connection;
  private final Thread thread;

  private SessionEnding(TargetServer server, List<String> databases) {
    this.server = server;
    this.databases = databases;
    this.connection = server.maintenance();
    this.thread = Thread.ofPlatform().daemon().name("decant-ending").unstarted(this::work);
  }

  static SessionEnding start(TargetServer server, List<String> databases) {
    SessionEnding ending = new SessionEnding(server, databases);
    ending.thread.start();
    return ending;
  }

  /** Milliseconds since the first session was ended, or since the start if no session was ended. */
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

  /** Sessions that this role may not end stay; the rename then fails and reports them. */
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
