package dev.decant.scratch;

import dev.decant.postgres.Database;

/** A throw-away database. */
public interface ScratchDatabase extends Database, AutoCloseable {
  /** Drops the database. */
  @Override
  void close();
}
