package dev.decant.verify;

import dev.decant.scratch.ScratchDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A scratch database with tables of a test. */
final class VerifiedDatabase implements AutoCloseable {
  private final ScratchDatabase database = PostgresVersion.V18.server().create("verify");

  VerifiedDatabase(String ddl) throws SQLException {
    execute(ddl);
  }

  /** A new connection, which the caller closes. */
  Connection connect() {
    return database.connect();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
