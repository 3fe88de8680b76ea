package dev.decant.refresh;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.setting.Version;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code decant.refreshes}: all refreshes and rollbacks on a server, including those that
 * failed.
 */
final class RefreshHistory implements AutoCloseable {
  private static final String TABLE =
      """
      CREATE SCHEMA IF NOT EXISTS decant;
      CREATE TABLE IF NOT EXISTS decant.refreshes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        target text NOT NULL,
        database text NOT NULL,
        action text NOT NULL,
        snapshot text,
        taken_at timestamptz,
        status text NOT NULL,
        step text,
        error text,
        previous text,
        downtime_ms bigint,
        decant text NOT NULL,
        run_by text NOT NULL DEFAULT session_user,
        started_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        token text
      )
      """;

  /** The run that holds the lock knows that no other run on this database is alive. */
  private static final String KILLED =
      "UPDATE decant.refreshes SET status = 'killed', finished_at = pg_catalog.clock_timestamp()"
          + " WHERE database = ? AND status = 'running'";

  /** The id of a connection that writes nothing. */
  private static final long NONE = -1;

  private final Connection connection;
  private final String database;
  private final long id;

  private RefreshHistory(Connection connection, String database, long id) {
    this.connection = connection;
    this.database = database;
    this.id = id;
  }

  /** Connects to the database of the history without a run, so that nothing is written. */
  static RefreshHistory none(TargetServer server, String database) {
    return new RefreshHistory(server.connect(database), database, NONE);
  }

  /** The history of the same run over a new connection. */
  RefreshHistory again(TargetServer server) {
    return new RefreshHistory(server.connect(database), database, id);
  }

  /** Records the beginning of a run, and marks earlier runs that were killed. */
  static RefreshHistory begin(
      Connection connection,
      Target target,
      String database,
      String action,
      @Nullable String snapshot,
      @Nullable Instant takenAt) {
    try {
      if (!exists(connection)) {
        Queries.execute(connection, TABLE, "creating the history");
      }
      endKilled(connection, database);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO decant.refreshes (target, database, action, snapshot, taken_at, status,"
                  + " decant) VALUES (?, ?, ?, ?, ?, 'running', ?) RETURNING id")) {
        insert.setString(1, target.name());
        insert.setString(2, database);
        insert.setString(3, action);
        insert.setString(4, snapshot);
        insert.setTimestamp(5, takenAt == null ? null : Timestamp.from(takenAt));
        insert.setString(6, Version.text());
        try (ResultSet row = insert.executeQuery()) {
          row.next();
          return new RefreshHistory(connection, connection.getCatalog(), row.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "writing the history");
    }
  }

  /** Marks the runs on a database that did not finish. The caller must hold the lock. */
  static void endKilled(Connection connection, String database) throws SQLException {
    if (exists(connection)) {
      try (PreparedStatement killed = connection.prepareStatement(KILLED)) {
        killed.setString(1, database);
        killed.executeUpdate();
      }
    }
  }

  private static boolean exists(Connection connection) {
    return Queries.isTrue(
        connection,
        "SELECT pg_catalog.to_regclass('decant.refreshes') IS NOT NULL",
        "looking for the history");
  }

  /** Whether the history has tokens. An older version of decant made it without them. */
  static boolean hasTokens(Connection connection) {
    return Queries.isTrue(
        connection,
        "SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_attribute WHERE attrelid ="
            + " pg_catalog.to_regclass('decant.refreshes') AND attname = 'token' AND NOT"
            + " attisdropped",
        "looking for tokens in the history");
  }

  /** Records the token of this run. */
  void token(@Nullable String token) {
    if (token != null) {
      if (!hasTokens(connection)) {
        Queries.execute(
            connection,
            "ALTER TABLE decant.refreshes ADD COLUMN token text",
            "adding tokens to the history");
      }
      update("token = ?", token);
    }
  }

  Connection connection() {
    return connection;
  }

  void step(RefreshStep step) {
    update("step = ?", step.label());
  }

  /** Records the name of the previous database, within the caller's transaction if there is one. */
  void swapped(String previous) {
    update("previous = ?", previous);
  }

  void done(long downtimeMillis) {
    update(
        "status = 'done', finished_at = pg_catalog.clock_timestamp(), downtime_ms = ?::bigint",
        Long.toString(downtimeMillis));
  }

  void failed(String error, boolean rolledBack) {
    update(
        "status = '"
            + (rolledBack ? "rolled back" : "failed")
            + "', finished_at = pg_catalog.clock_timestamp(), error = ?",
        error);
  }

  private void update(String set, String value) {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE decant.refreshes SET " + set + " WHERE id = ?")) {
      update.setString(1, value);
      update.setLong(2, id);
      update.executeUpdate();
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "writing the history");
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server closes it when the process ends.
    }
  }
}
