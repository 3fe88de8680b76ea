package dev.decant.live;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Connections;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.ServerAddress;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The session that makes everything which is read from a live database one state of it. Its
 * transaction holds the exported snapshot, and a lock on each table against TRUNCATE and ALTER
 * TABLE, until it is closed. A thread notices soon if the session is lost.
 */
final class LiveSession implements AutoCloseable {
  private static final int OLDEST = 130_000;

  /** The tables of one LOCK statement. */
  private static final int BATCH = 500;

  /** The most seconds that an answer may take, so that a lost network is noticed. */
  private static final String SILENCE_SECONDS = "600";

  private static final int BEAT_SECONDS = 30;

  private static final String FACTS =
      """
      SELECT pg_catalog.transaction_timestamp(), pg_catalog.pg_current_snapshot()::text,
        pg_catalog.current_setting('server_encoding') <> 'SQL_ASCII'\
      """;

  private static final String SYSTEM =
      "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";

  private static final String POSITION =
      """
      SELECT (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
        ELSE pg_catalog.pg_current_wal_lsn() END)::text\
      """;

  private final ServerAddress server;
  private final Connection connection;
  private final ScheduledThreadPoolExecutor beat =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("decant-source").daemon().factory());
  private final AtomicReference<@Nullable DecantException> lost = new AtomicReference<>();
  private final AtomicReference<Runnable> onLoss = new AtomicReference<>(() -> {});
  private final SessionSql sql;
  private final State state;

  /**
   * The state of the database that is read.
   *
   * @param snapshot the exported snapshot, or null if the database is static
   * @param identity a text that no other state has; a static database has only one state
   * @param converts whether the server converts texts to UTF-8
   */
  record State(
      @Nullable String snapshot,
      Instant time,
      String identity,
      boolean converts,
      Map<TableName, LiveTable> tables) {}

  private LiveSession(
      ServerAddress server, Connection connection, LiveOptions options, Predicate<TableName> read)
      throws SQLException {
    this.server = server;
    this.connection = connection;
    int version =
        (int)
            Queries.number(
                connection,
                "SELECT pg_catalog.current_setting('server_version_num')::int",
                "asking for the version of the server");
    this.sql = new SessionSql(version, options.lockWait());
    requireVersion(version);
    this.state = state(options.isStatic(), read);
    var _ = beat.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Connects, and fixes the state to read.
   *
   * @throws DecantException if the role may not read everything, or if the server cannot export a
   *     snapshot
   */
  static LiveSession open(ServerAddress server, LiveOptions options) {
    return open(server, options, table -> true);
  }

  /**
   * As {@link #open(ServerAddress, LiveOptions)}.
   *
   * @param read the tables that are read; only these are locked
   */
  static LiveSession open(ServerAddress server, LiveOptions options, Predicate<TableName> read) {
    Connection connection = connect(server);
    boolean opened = false;
    try {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      LiveSession session = new LiveSession(server, connection, options, read);
      opened = true;
      return session;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "beginning to read a database");
    } finally {
      if (!opened) {
        close(connection);
      }
    }
  }

  /** A connection to the database, which ends if the server does not answer for a long time. */
  static Connection connect(ServerAddress server) {
    Map<String, String> properties = new HashMap<>(server.properties());
    properties.putIfAbsent("socketTimeout", SILENCE_SECONDS);
    return server.withProperties(properties).connect(server.database());
  }

  private void requireVersion(int version) {
    if (version < OLDEST) {
      throw new DecantException(
          ErrorCode.INPUT_UNSUPPORTED,
          server.place()
              + " is a PostgreSQL of the version "
              + version / 10_000
              + ", but decant reads databases of PostgreSQL 13 or newer. Pipe a dump of it: pg_dump"
              + " … | decant sanitize - --name NAME");
    }
  }

  private State state(boolean isStatic, Predicate<TableName> read) throws SQLException {
    Queries.execute(connection, sql.settings(), "preparing a session");
    List<TableName> tables = ReadRights.tables(server, sql.version(), connection);
    connection.rollback();
    // The locks come before the snapshot: a table that is truncated between the two has no rows.
    Queries.execute(connection, sql.begin(null), "preparing a session");
    lock(tables.stream().filter(read).toList());
    String snapshot = isStatic ? null : exported();
    String system = ifKnown(SYSTEM).orElse("unknown") + '/' + server.database();
    String position = isStatic ? "" : '@' + ifKnown(POSITION).orElse("");
    Map<TableName, LiveTable> stored = LiveTable.read(connection);
    return Queries.rows(
            connection,
            FACTS,
            "asking for the state of the database",
            row ->
                new State(
                    snapshot,
                    row.getTimestamp(1).toInstant(),
                    system + (isStatic ? "" : position + '#' + row.getString(2)),
                    row.getBoolean(3),
                    stored))
        .getFirst();
  }

  private void lock(List<TableName> tables) {
    for (int from = 0; from < tables.size(); from += BATCH) {
      Queries.execute(
          connection,
          "LOCK TABLE "
              + tables.subList(from, Math.min(tables.size(), from + BATCH)).stream()
                  .map(TableName::sql)
                  .collect(Collectors.joining(", "))
              + " IN ACCESS SHARE MODE",
          "waiting at most "
              + sql.lockWait().toSeconds()
              + " s for changes of tables of "
              + server.database()
              + " to end");
    }
  }

  private String exported() throws SQLException {
    try {
      return Queries.text(
              connection, "SELECT pg_catalog.pg_export_snapshot()", "exporting a snapshot")
          .orElseThrow();
    } catch (DecantException e) {
      if (connection.isValid(5)) {
        throw new DecantException(
            e.code(),
            e.getMessage()
                + " The server "
                + server.place()
                + " cannot share a snapshot between connections. Read another server, or, if nobody"
                + " writes to this database (a restored clone), use --static-source.");
      }
      throw e;
    }
  }

  /** The first value of a query that some servers do not allow. */
  private Optional<String> ifKnown(String query) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return Queries.text(connection, query, "identifying the server");
    } catch (DecantException e) {
      connection.rollback(before);
      return Optional.empty();
    }
  }

  /** The statements for other sessions of this server. */
  SessionSql sql() {
    return sql;
  }

  State state() {
    return state;
  }

  /** The tables as they are now, by the statistics of the server, which a transaction keeps. */
  Map<TableName, LiveTable> tablesNow() {
    Queries.execute(
        connection, "SELECT pg_catalog.pg_stat_clear_snapshot()", "reading the sizes of tables");
    return LiveTable.read(connection);
  }

  /** Sets what ends the waits of a reader when the session is lost. */
  void onLoss(Runnable action) {
    onLoss.set(action);
  }

  private void beat() {
    try {
      var _ = Queries.number(connection, "SELECT 1", "keeping the snapshot of the database");
    } catch (DecantException e) {
      if (lost.compareAndSet(null, e)) {
        onLoss.get().run();
      }
    }
  }

  /** The reason why the session was lost, or else the given error, which may be a consequence. */
  DecantException orLoss(DecantException other) {
    beat();
    DecantException reason = lost.get();
    return reason == null ? other : reason;
  }

  /** Throws if the session was lost, because tables may have been truncated since. */
  void requireAlive() {
    beat();
    DecantException reason = lost.get();
    if (reason != null) {
      throw new DecantException(reason.code(), String.valueOf(reason.getMessage()));
    }
  }

  @Override
  public void close() {
    beat.shutdownNow();
    close(connection);
  }

  /** Closes a connection that no thread uses, or ends it if one does. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      Connections.abort(connection);
    }
  }
}
