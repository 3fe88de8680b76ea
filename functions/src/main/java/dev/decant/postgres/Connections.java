package dev.decant.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Ending a connection from another thread. */
public final class Connections {
  private Connections() {}

  /**
   * Closes the connection's socket, whatever another thread does with it. A thread that waits for
   * the server's answer gets an error at once; the server takes back what was not committed.
   */
  public static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It was closed before.
    }
  }
}
