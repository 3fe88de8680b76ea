package dev.decant.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a live database is read.
 *
 * @param environment the environment in which pg_dump is looked for
 * @param pgDump the program pg_dump, or empty to look for it
 * @param connections the number of connections that read rows at the same time
 * @param isStatic whether nobody writes to the database, so that its connections need not share a
 *     snapshot
 * @param lockWait how long a statement waits for a lock
 * @param encoding the encoding of the rows of a database in SQL_ASCII, or empty for UTF-8
 */
public record LiveOptions(
    Map<String, String> environment,
    Optional<Path> pgDump,
    int connections,
    boolean isStatic,
    Duration lockWait,
    Optional<String> encoding) {
  /** How long a production database should wait behind this reader at most, as with pg_dump. */
  public static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  /** The connections that pay even on one core, because each of them waits for the server. */
  private static final int LEAST_CONNECTIONS = 4;

  public LiveOptions {
    environment = Map.copyOf(environment);
    connections = Math.max(LEAST_CONNECTIONS, connections);
  }
}
