package dev.decant.inspect;

import java.sql.Connection;
import java.util.Optional;

/**
 * A connection to a server that has the schema of an inspected source. It is valid during the
 * inspection.
 *
 * @param connection to the empty scratch database, with the settings of a dump; or the read-only
 *     session in a live database
 * @param isScratch whether it is the scratch database, so that objects may be created
 */
public record SchemaServer(Connection connection, boolean isScratch) {
  /** The connection to the scratch database; empty for a live database. */
  public Optional<Connection> scratch() {
    return isScratch ? Optional.of(connection) : Optional.empty();
  }
}
