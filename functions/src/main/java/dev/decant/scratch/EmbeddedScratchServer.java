package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that decant starts on this machine for one run.
 *
 * <p>{@link #close} and the end of the JVM (Ctrl-C) stop the server and remove its data. Even after
 * a kill -9 of the JVM, the pipe of {@link Postmaster} has the same effect. The next run removes
 * what is left, which is an empty folder, or everything after a power cut.
 *
 * <p>The superuser of the server only creates roles, databases and extensions. All SQL of a dump
 * and of a policy runs as a {@link PlainRole}.
 */
final class EmbeddedScratchServer implements ScratchServer, TemporaryServer {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedScratchServer.class);
  private static final int PORT_ATTEMPTS = 5;

  /**
   * Extensions whose control files exist in the binaries without the interpreters that they need.
   */
  private static final Pattern BROKEN_EXTENSION = Pattern.compile(".*(plperl|plpython|pltcl).*");

  private static final String SESSION =
      "SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres'; SET client_min_messages = 'error'";

  /**
   * Gives columns the storage PLAIN, so that tables get no TOAST tables. TOAST tables and their
   * indexes take a third of the time of creating tables and keys. An array needs its storage, by
   * which format_type recognizes it.
   */
  private static final String WITHOUT_TOAST =
      "UPDATE pg_catalog.pg_type SET typstorage = 'p' WHERE typstorage <> 'p' AND typcategory <>"
          + " 'A'";

  private final RunFolder run;
  private final Postmaster postmaster;
  private final Databases databases;
  private final int version;
  private final String versionName;
  private final AtomicInteger number = new AtomicInteger();
  private boolean stopped;
  private final Thread hook = new Thread(this::stop, "decant-stop-postgres");

  /** The address of the superuser. */
  private final ServerAddress administrator;

  private record Started(
      RunFolder run,
      Postmaster postmaster,
      ServerAddress administrator,
      ServerAddress owner,
      int version,
      String name) {}

  private EmbeddedScratchServer(Started started) {
    this.run = started.run;
    this.postmaster = started.postmaster;
    this.administrator = started.administrator;
    this.databases =
        new Databases(started.administrator, started.owner, started.version, SESSION, true);
    this.version = started.version;
    this.versionName = started.name;
  }

  static EmbeddedScratchServer open(ScratchOptions options) {
    ServerUser user = ServerUser.current();
    Path base = RunFolder.base(options, user);
    sweep(base);
    Path cachePath = options.cache(user);
    user.mustReach(cachePath, "DECANT_CACHE");
    CacheFolder cache = new CacheFolder(cachePath.resolve("postgres"));
    try {
      return open(options, user, base, cache);
    } catch (DecantException e) {
      if (e.code() != ErrorCode.SCRATCH_FAILED || !cache.forgetDamaged()) {
        throw e;
      }
      LOG.warn("The cached PostgreSQL was damaged and is unpacked again");
      return open(options, user, base, cache);
    }
  }

  private static EmbeddedScratchServer open(
      ScratchOptions options, ServerUser user, Path base, CacheFolder cache) {
    PostgresHome home = PostgresHome.of(options, cache);
    DataTemplate template = DataTemplate.of(home, cache, user);
    try {
      RunFolder run = RunFolder.create(base);
      try {
        EmbeddedScratchServer server = new EmbeddedScratchServer(start(home, template, run, user));
        Runtime.getRuntime().addShutdownHook(server.hook);
        return server;
      } catch (Throwable e) {
        run.close();
        throw e;
      }
    } catch (IOException e) {
      if (DiskFull.is(e)) {
        throw DiskFull.error(
            base,
            DataTemplate.BYTES,
            "the embedded PostgreSQL",
            "Free some space, or name a folder on a larger disk with DECANT_WORK.",
            e);
      }
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The embedded PostgreSQL cannot be started in "
              + base
              + ". Check that you may write there, or name another folder with DECANT_WORK.",
          e);
    }
  }

  private static Started start(
      PostgresHome home, DataTemplate template, RunFolder run, ServerUser user) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      try {
        Postmaster postmaster = Postmaster.start(home, template, run, user, port);
        try {
          return greet(run, postmaster, port, template.password());
        } catch (Throwable e) {
          postmaster.stop();
          throw e;
        }
      } catch (DecantException e) {
        // Another process took the port after it was found free.
        if (attempt == PORT_ATTEMPTS
            || !Files.exists(run.log())
            || !Files.readString(run.log()).contains("could not create any TCP/IP sockets")) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes the first connection. It gives the superuser a password that no other run knows, and
   * creates the role that does everything else.
   */
  private static Started greet(
      RunFolder run, Postmaster postmaster, int port, String firstPassword) {
    ServerAddress first =
        new ServerAddress(
            "127.0.0.1",
            port,
            DataTemplate.SUPERUSER,
            firstPassword,
            "postgres",
            Map.of("sslmode", "disable", "gssEncMode", "disable"));
    String password = RandomPassword.create();
    try (Connection connection = first.connect(first.database());
        Statement statement = connection.createStatement()) {
      String name = versionName(connection);
      int version = versionNumber(name);
      if (version >= RandomPassword.ROUNDS_CAN_BE_SET * 10_000) {
        statement.execute("SET " + RandomPassword.ONE_ROUND);
      }
      statement.execute("ALTER ROLE " + DataTemplate.SUPERUSER + " PASSWORD '" + password + "'");
      String ownerPassword = RandomPassword.create();
      PlainRole.create(statement, PlainRole.NAME, ownerPassword, version, "");
      ServerAddress administrator = first.withPassword(password);
      ServerAddress owner = administrator.withUser(PlainRole.NAME, ownerPassword);
      return new Started(run, postmaster, administrator, owner, version, name);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SCRATCH_FAILED, "preparing the embedded PostgreSQL");
    }
  }

  private static String versionName(Connection connection) throws SQLException {
    String reported = connection.unwrap(PGConnection.class).getParameterStatus("server_version");
    return reported == null ? "0.0" : reported.split(" ", 2)[0];
  }

  private static int versionNumber(String name) {
    String[] parts = name.split("\\.", 2);
    return Integer.parseInt(parts[0]) * 10_000 + Integer.parseInt(parts[1]);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Removes the servers and folders of dead runs. Returns how many there were. */
  static int sweep(Path base) {
    int swept = 0;
    try {
      for (RunFolder run : RunFolder.dead(base)) {
        DeadServer.kill(run);
        run.close();
        swept++;
      }
    } catch (IOException e) {
      // The next run tries again, perhaps with more rights.
      LOG.warn("The files of a dead run in {} cannot be removed: {}", base, e.getMessage());
    }
    return swept;
  }

  @Override
  public String description() {
    return "embedded " + versionName;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public Set<String> extensions() {
    return databases.extensions().stream()
        .filter(name -> !BROKEN_EXTENSION.matcher(name).matches())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean keepsStatementsSecret() {
    return true;
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(run.path());
  }

  @Override
  public ScratchDatabase create(
      String purpose, Map<String, String> extensions, DatabaseEncoding encoding) {
    return databases.create(nextName(purpose), encoding, extensions, "");
  }

  @Override
  public ScratchDatabase createForSchema(
      String purpose, Map<String, String> extensions, DatabaseEncoding encoding) {
    return databases.create(nextName(purpose), encoding, extensions, WITHOUT_TOAST);
  }

  @Override
  public ScratchDatabase copy(ScratchDatabase of, String purpose) {
    return databases.copy(of, nextName(purpose));
  }

  @Override
  public ServerAddress role(String name) {
    String password = RandomPassword.create();
    try (Connection connection = administrator.connect(administrator.database());
        Statement statement = connection.createStatement()) {
      PlainRole.create(statement, name, password, version, "CREATEDB");
      return administrator.withUser(name, password);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating the role " + name);
    }
  }

  /** The address of the superuser, who creates objects that only a superuser may create. */
  ServerAddress administrator() {
    return administrator;
  }

  private String nextName(String purpose) {
    return ScratchNames.plain(purpose) + '_' + number.incrementAndGet();
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook has run or finds nothing to do.
    }
  }

  /**
   * Stops the server and removes its data. If another thread is doing that, this one waits until it
   * is done, so that nothing of the server is left when this method returns.
   */
  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    databases.forgetAll();
    postmaster.stop();
    try {
      run.close();
    } catch (IOException e) {
      LOG.warn(
          "The folder {} cannot be removed: {}. The next run will try again",
          run.path(),
          e.getMessage());
    }
  }
}
