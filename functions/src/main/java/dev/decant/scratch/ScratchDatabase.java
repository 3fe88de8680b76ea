package dev.decant.scratch;

import dev.decant.database.Database;

/** A throw-away database. */
public interface ScratchDatabase extends Database, AutoCloseable {
  /** Drops the database. */
  @Override
  void close();
}
