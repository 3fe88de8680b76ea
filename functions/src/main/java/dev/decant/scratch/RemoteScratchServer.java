package dev.decant.scratch;

import dev.decant.database.ServerAddress;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Databases of our own on somebody's server. Each carries a {@link Lease}, renewed while we live; a
 * sweeper drops those whose lease is over. The role needs CREATEDB and nothing else.
 */
final class RemoteScratchServer implements ScratchServer {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteScratchServer.class);
  private static final int OLDEST_VERSION = 130000;

  /** A database without a lease is one whose maker died before it could write one. */
  private static final Duration UNLEASED = Duration.ofHours(1);

  /** What keeps rows out of the server's log is for superusers, or those who were granted it. */
  private static final String SESSION =
      """
      SET synchronous_commit = off; SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres';
      SET client_min_messages = 'error'; SET maintenance_work_mem = '256MB';
      DO $decant$
      DECLARE setting text[];
      BEGIN
        FOREACH setting SLICE 1 IN ARRAY ARRAY[
          ['log_min_messages', 'fatal'], ['log_min_error_statement', 'panic'],
          ['log_error_verbosity', 'terse'], ['log_statement', 'none'],
          ['log_min_duration_statement', '-1'], ['log_parameter_max_length_on_error', '0']]
        LOOP
          BEGIN
            PERFORM pg_catalog.set_config(setting[1], setting[2], false);
          EXCEPTION WHEN insufficient_privilege THEN
            NULL;
          END;
        END LOOP;
      END
      $decant$\
      """;

  private final ServerAddress address;
  private final Databases databases;
  private final Lease lease;
  private final int version;
  private final String versionName;
  private boolean closed;
  private final Thread hook = new Thread(this::drop, "decant-drop-databases");

  private RemoteScratchServer(
      ServerAddress address, Databases databases, int version, String versionName) {
    this.address = address;
    this.databases = databases;
    this.lease = new Lease(databases);
    this.version = version;
    this.versionName = versionName;
  }

  static RemoteScratchServer open(ServerAddress address) {
    Databases databases = new Databases(address, SESSION);
    int version = Integer.parseInt(show(databases, "server_version_num"));
    if (version < OLDEST_VERSION) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "scratch server " + address.host() + " is older than PostgreSQL 13");
    }
    mustCreate(address, databases);
    sweep(databases);
    String name = show(databases, "server_version").split(" ", 2)[0];
    RemoteScratchServer server = new RemoteScratchServer(address, databases, version, name);
    Runtime.getRuntime().addShutdownHook(server.hook);
    server.lease.start();
    return server;
  }

  private static String show(Databases databases, String setting) {
    String value = databases.query("SHOW " + setting, "asking the scratch server's version");
    return value == null ? "0" : value;
  }

  private static void mustCreate(ServerAddress address, Databases databases) {
    String may =
        databases.query(
            "SELECT (rolcreatedb OR rolsuper)::text FROM pg_catalog.pg_roles"
                + " WHERE rolname = current_user",
            "asking for the right to create databases");
    if (!"true".equals(may)) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "role "
              + address.user()
              + " may not create databases on scratch server "
              + address.host()
              + "; grant it there: ALTER ROLE "
              + Databases.quoted(address.user())
              + " CREATEDB");
    }
  }

  /** Drops the databases of dead runs; says how many. */
  static int sweep(Databases databases) {
    int swept = 0;
    for (String name : dead(databases)) {
      try {
        databases.drop(name);
        swept++;
      } catch (DecantException e) {
        LOG.warn("cannot drop what a dead run left: {}", e.getMessage());
      }
    }
    return swept;
  }

  private static List<String> dead(Databases databases) {
    List<String> dead = new ArrayList<>();
    databases.forEach(
        Lease.QUERY,
        "listing scratch databases",
        row -> {
          String name = row.getString(1);
          @Nullable Boolean over = (Boolean) row.getObject(2);
          boolean isDead =
              over == null
                  ? ScratchNames.olderThan(UNLEASED, name, Instant.now())
                  : ScratchNames.isOurs(name) && over;
          if (isDead) {
            dead.add(name);
          }
        });
    return dead;
  }

  @Override
  public String description() {
    return "server " + address.host() + ' ' + versionName;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public Set<String> extensions() {
    return databases.extensions();
  }

  @Override
  public long freeBytes() {
    return -1;
  }

  @Override
  public ScratchDatabase create(String purpose) {
    return leased(databases.create(name(purpose)));
  }

  @Override
  public ScratchDatabase copy(ScratchDatabase of, String purpose) {
    return leased(databases.copy(of, name(purpose), version));
  }

  private static String name(String purpose) {
    return ScratchNames.of(purpose, new SecureRandom().nextInt(), Instant.now());
  }

  private ScratchDatabase leased(CreatedDatabase database) {
    try {
      lease.write(database.name());
      return database;
    } catch (DecantException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      drop();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending: the hook ran, or runs and finds nothing to do.
      }
    }
  }

  /** Who comes second waits for the first. */
  private synchronized void drop() {
    if (!closed) {
      closed = true;
      lease.stop();
      databases.dropAll();
    }
  }
}
