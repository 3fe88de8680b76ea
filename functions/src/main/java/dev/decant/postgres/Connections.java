package dev.decant.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Ends connections from another thread. */
public final class Connections {
  private Connections() {}

  /**
   * Closes the socket of a connection that another thread may be using. If that thread waits for
   * the server's answer, it gets an error at once. The server rolls back what was not committed.
   */
  public static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // The connection was already closed.
    }
  }
}
