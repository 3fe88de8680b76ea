package dev.decant.sanitize.row;

import dev.decant.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** Gives the workers of a {@link RowPipeline} connections to the scratch database. */
public interface RowTarget {
  /** The work of one worker. */
  interface Work {
    void with(Connection connection) throws SQLException;
  }

  /** Runs the work with a connection that nobody else uses meanwhile. */
  void use(Work work) throws SQLException;

  /** A connection of its own for each worker. */
  static RowTarget of(Database database) {
    return work -> {
      try (Connection connection = database.connect()) {
        work.with(connection);
      }
    };
  }
}
