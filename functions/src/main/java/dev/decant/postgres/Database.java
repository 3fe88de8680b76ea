package dev.decant.postgres;

import java.sql.Connection;

/** One database of a server. Any number of threads may connect. */
public interface Database {
  /** Its name, unquoted. */
  String name();

  /**
   * A new connection, autocommit on, settings made for bulk work. The caller closes it. Unwraps to
   * {@code org.postgresql.PGConnection}.
   */
  Connection connect();
}
