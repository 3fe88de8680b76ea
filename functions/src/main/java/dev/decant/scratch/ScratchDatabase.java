package dev.decant.scratch;

import dev.decant.postgres.Database;

/** A database that is dropped after its use. */
public interface ScratchDatabase extends Database, AutoCloseable {
  /** Drops the database. */
  @Override
  void close();
}
