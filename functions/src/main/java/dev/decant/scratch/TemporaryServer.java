package dev.decant.scratch;

import dev.decant.postgres.ServerAddress;

/** An embedded server for demonstrations, which lives as long as this object. */
public interface TemporaryServer extends AutoCloseable {
  /**
   * Creates a role that may create databases and has no other right. Returns the server's address
   * with this role.
   */
  ServerAddress role(String name);

  /** Stops the server and removes all of its data. */
  @Override
  void close();
}
