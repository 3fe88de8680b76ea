package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.postgres.Quoting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks scratch databases as in use, for sweepers. The lease is the comment of the database, {@code
 * decant lease until 2026-11-01T12:00:00Z}, by the clock of the server. Each minute it is renewed
 * for ten minutes, so that a broken connection or a pause of the JVM does no harm.
 */
final class DatabaseLease {
  /**
   * Finds the databases and whether their lease has expired. That is null for a database without a
   * comment, and false for one with another comment.
   */
  static final String QUERY =
      """
      SELECT d.datname::text,
        CASE WHEN c.comment IS NULL THEN NULL
          WHEN c.comment ~ '^decant lease until \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$'
          THEN substr(c.comment, 20)::timestamptz < now()
          ELSE false END
      FROM pg_catalog.pg_database d
      CROSS JOIN LATERAL (SELECT shobj_description(d.oid, 'pg_database') AS comment) c
      WHERE d.datname LIKE %s
        AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
      """
          .formatted(Quoting.likePrefix(ScratchNames.PREFIX));

  /**
   * What {@link #QUERY} finds.
   *
   * @param isOver empty if the database has no comment; its maker may have died before it wrote one
   */
  record State(String database, Optional<Boolean> isOver) {}

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLease.class);
  private static final int RENEWED_EACH_SECONDS = 60;
  private static final Duration USUAL = Duration.ofMinutes(10);
  private final Databases databases;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("decant-lease").factory());

  DatabaseLease(Databases databases) {
    this.databases = databases;
  }

  /** Writes or renews the lease of one database. */
  void write(String database) {
    write(database, USUAL);
  }

  /** Writes a lease of another length, which begins now. */
  void write(String database, Duration lease) {
    databases.execute(
        """
        DO $decant$ BEGIN
          EXECUTE format('COMMENT ON DATABASE %%I IS %%L', '%s', 'decant lease until '
            || to_char((now() + interval '%d seconds') AT TIME ZONE 'UTC',
               'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
        END $decant$\
        """
            .formatted(database, lease.toSeconds()),
        "leasing a scratch database");
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The task ends with the clock.
  void start() {
    clock.scheduleAtFixedRate(
        this::renew, RENEWED_EACH_SECONDS, RENEWED_EACH_SECONDS, TimeUnit.SECONDS);
  }

  private void renew() {
    for (String name : databases.livingNames()) {
      try {
        write(name);
      } catch (DecantException e) {
        LOG.warn("The lease of {} cannot be renewed: {}", name, e.getMessage());
      }
    }
  }

  void stop() {
    clock.shutdownNow();
  }
}
