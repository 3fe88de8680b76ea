package dev.decant.postgres;

import java.sql.Connection;

/** One database of a server. Several threads may connect to it. */
public interface Database {
  /** Its name, unquoted. */
  String name();

  /**
   * A new connection with autocommit and with settings for bulk work. The caller closes it. It
   * unwraps to {@code org.postgresql.PGConnection}.
   */
  Connection connect();
}
