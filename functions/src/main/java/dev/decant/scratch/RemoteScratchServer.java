package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.ServerAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates databases on somebody's server. Each database has a {@link DatabaseLease}, which is
 * renewed while the run lives. A sweeper drops the databases whose lease has expired. The role
 * needs CREATEDB and no other right. If it is a superuser, it only creates and drops databases and
 * a {@link PlainRole} that owns them.
 */
final class RemoteScratchServer implements ScratchServer {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteScratchServer.class);
  private static final int OLDEST_VERSION = 130000;

  /**
   * Extensions that reach other servers or programs. The owner of a database could call their
   * functions, so a dump could, too.
   */
  private static final Set<String> REACHING_OUT =
      Set.of("aws_lambda", "aws_s3", "dblink", "http", "pg_net", "plsh");

  /**
   * The age after which a database without a lease is dropped. Its maker died before it wrote one.
   */
  private static final Duration UNLEASED = Duration.ofHours(1);

  private final ServerAddress address;
  private final Databases databases;
  private final @Nullable SharedRole shared;
  private final @Nullable String madeRole;
  private final DatabaseLease lease;
  private final int version;
  private final String versionName;
  private final AtomicBoolean toldOfLog = new AtomicBoolean();
  private boolean closed;

  private final Thread hook = new Thread(this::drop, "decant-drop-databases");

  private RemoteScratchServer(
      ServerAddress address,
      Databases databases,
      @Nullable SharedRole shared,
      @Nullable String madeRole,
      int version,
      String versionName) {
    this.address = address;
    this.databases = databases;
    this.shared = shared;
    this.madeRole = madeRole;
    this.lease = new DatabaseLease(databases);
    this.version = version;
    this.versionName = versionName;
  }

  /**
   * Opens a server.
   *
   * @param shared the role to use instead of a superuser, which other processes use too; null for a
   *     role of this process
   */
  static RemoteScratchServer open(ServerAddress address, @Nullable SharedRole shared) {
    Databases asked = databases(address);
    int version = Integer.parseInt(show(asked, "server_version_num"));
    if (version < OLDEST_VERSION) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The scratch server "
              + address.host()
              + " is older than PostgreSQL 13. Use a newer server.");
    }
    boolean superuser = RemoteRole.isSuperuser(asked, address);
    sweep(asked);
    String name = show(asked, "server_version").split(" ", 2)[0];
    String role = superuser ? shared == null ? name("role") : shared.name() : null;
    ServerAddress owner =
        role == null
            ? address
            : shared == null || !RemoteRole.exists(asked, role)
                ? RemoteRole.create(asked, address, role, password(shared), version)
                : address.withUser(role, shared.password());
    RemoteScratchServer server =
        new RemoteScratchServer(
            address,
            new Databases(address, owner, version, QuietLog.SESSION, false),
            shared,
            role,
            version,
            name);
    Runtime.getRuntime().addShutdownHook(server.hook);
    server.lease.start();
    return server;
  }

  private static String password(@Nullable SharedRole shared) {
    return shared == null ? RandomPassword.create() : shared.password();
  }

  /** A database that another process kept, for the connections of its owner. */
  static Database kept(ServerAddress address, SharedRole shared, String name) {
    Databases asked = databases(address);
    ServerAddress owner =
        RemoteRole.isSuperuser(asked, address)
            ? address.withUser(shared.name(), shared.password())
            : address;
    return new CreatedDatabase(name, owner, QuietLog.SESSION, database -> {});
  }

  /** Drops all databases that processes of a run made, and the role that owns them. */
  static void forget(ServerAddress address, SharedRole shared) {
    Databases asked = databases(address);
    leases(asked).stream()
        .map(DatabaseLease.State::database)
        .filter(ScratchNames::isOurs)
        .filter(shared::made)
        .forEach(asked::drop);
    if (RemoteRole.isSuperuser(asked, address) && RemoteRole.exists(asked, shared.name())) {
      RemoteRole.drop(asked, shared.name());
    }
  }

  /** The databases of the server, for queries and for dropping those of dead runs. */
  static Databases databases(ServerAddress address) {
    return new Databases(address, address, OLDEST_VERSION, QuietLog.SESSION, false);
  }

  private static String show(Databases databases, String setting) {
    return databases
        .rows("SHOW " + setting, "asking the scratch server's version", row -> row.getString(1))
        .getFirst();
  }

  /** Drops the databases of dead runs. Returns how many there were. */
  static int sweep(Databases databases) {
    int swept = 0;
    for (String name : dead(databases)) {
      try {
        databases.drop(name);
        swept++;
      } catch (DecantException e) {
        LOG.warn("A database of a dead run cannot be dropped: {}", e.getMessage());
      }
    }
    RemoteRole.sweep(databases, UNLEASED);
    return swept;
  }

  /** The databases of dead runs. */
  static List<String> dead(Databases databases) {
    return leases(databases).stream()
        .filter(RemoteScratchServer::isDead)
        .map(DatabaseLease.State::database)
        .toList();
  }

  private static List<DatabaseLease.State> leases(Databases databases) {
    return databases.rows(
        DatabaseLease.QUERY,
        "listing scratch databases",
        row ->
            new DatabaseLease.State(
                row.getString(1), Optional.ofNullable((Boolean) row.getObject(2))));
  }

  private static boolean isDead(DatabaseLease.State lease) {
    return lease
        .isOver()
        .map(over -> over && ScratchNames.isOurs(lease.database()))
        .orElseGet(() -> ScratchNames.olderThan(UNLEASED, lease.database(), Instant.now()));
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
    Set<String> extensions = databases.extensions();
    if (madeRole == null) {
      extensions.removeAll(REACHING_OUT);
    }
    return extensions;
  }

  @Override
  public Optional<Path> folder() {
    return Optional.empty();
  }

  @Override
  public ScratchDatabase create(
      String purpose, Map<String, String> extensions, DatabaseEncoding encoding) {
    return leased(databases.create(ofRun(purpose), encoding, extensions, ""));
  }

  @Override
  public ScratchDatabase copy(ScratchDatabase of, String purpose) {
    return leased(databases.copy(of, ofRun(purpose)));
  }

  @Override
  public void keep(ScratchDatabase database, Duration length) {
    lease.write(database.name(), length);
    databases.keep(database);
  }

  /** The lease is renewed at once, and it was longer than the usual one. */
  @Override
  public ScratchDatabase adopt(String name) {
    return databases.adopt(name);
  }

  private String ofRun(String purpose) {
    return name(shared == null ? purpose : shared.purpose(purpose));
  }

  private static String name(String purpose) {
    return ScratchNames.of(purpose, new SecureRandom().nextInt(), Instant.now());
  }

  private ScratchDatabase leased(CreatedDatabase database) {
    try {
      lease.write(database.name());
      if (toldOfLog.compareAndSet(false, true)) {
        QuietLog.warnWhereLoud(database, address);
      }
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
        // The JVM is ending, and the hook has run or finds nothing to do.
      }
    }
  }

  /** Drops everything. If another thread is doing that, this one waits until it is done. */
  private synchronized void drop() {
    if (!closed) {
      closed = true;
      lease.stop();
      databases.dropAll();
      if (madeRole != null && !RemoteRole.ownsDatabases(databases, madeRole)) {
        RemoteRole.drop(databases, madeRole);
      }
    }
  }
}
