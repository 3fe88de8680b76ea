package dev.decant.scratch;

import dev.decant.postgres.ServerAddress;

/** An embedded server that lives as long as this object: for demonstrations. */
public interface TemporaryServer extends AutoCloseable {
  /**
   * Creates a role that may create databases and has no right beyond, and tells how to connect as
   * this role.
   */
  ServerAddress role(String name);

  /** Stops the server and removes all of its data. */
  @Override
  void close();
}
