package dev.decant.scratch;

import java.sql.Connection;

/** A throw-away database. */
public interface ScratchDatabase extends AutoCloseable {
  String name();

  /**
   * A new connection, autocommit on, settings made for bulk work. The caller closes it. Unwraps to
   * {@code org.postgresql.PGConnection}.
   */
  Connection connect();

  /** Drops the database. */
  @Override
  void close();
}
