package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.ServerAddress;
import dev.decant.run.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL server on this machine that keeps running when decant ends, for developers who have
 * no server. It listens only on the loopback address. The passwords of its roles are stored in
 * files that only this account can read. Its data stay when it is stopped. They survive a crash of
 * the server but not a power cut, because a snapshot can be pulled again.
 *
 * <p>The developer works as a {@link PlainRole} that may create databases. The superuser only
 * creates extensions, because the SQL of a snapshot must not run programs or read files of this
 * machine.
 *
 * <p>Each major version has a server of its own in {@code FOLDER/postgres-18}, with {@code data},
 * {@code password}, {@code administrator-password}, {@code postgresql.conf} and {@code server.log}.
 * Processes that start or stop it wait for each other.
 */
public final class LocalServer {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PREFIX = "postgres-";
  private static final int ATTEMPTS = 5;
  private static final String FULL =
      "Free some space, or name a folder on a larger disk with DECANT_STATE.";

  private final ServerUser user;
  private final PostgresHome home;
  private final Path folder;

  private LocalServer(ServerUser user, PostgresHome home, Path folder) {
    this.user = user;
    this.home = home;
    this.folder = folder;
  }

  /**
   * The addresses of the server.
   *
   * @param owner the address with the role of the developer
   * @param administrator the address with the superuser
   */
  public record Access(ServerAddress owner, ServerAddress administrator) {}

  /**
   * Starts the server if it does not run.
   *
   * @param folders the possible folders of such servers. The first one that the server's account
   *     can reach is used, and it is made if it does not exist
   */
  public static Access start(ScratchOptions options, List<Path> folders) {
    ServerUser user = ServerUser.current();
    Path state = reachable(user, folders);
    Path cachePath = options.cache(user);
    user.mustReach(cachePath, "DECANT_CACHE");
    CacheFolder cache = new CacheFolder(cachePath.resolve("postgres"));
    PostgresHome home = PostgresHome.of(options, cache);
    DataTemplate template = DataTemplate.of(home, cache, user);
    try {
      String major = Files.readString(template.folder().resolve("version")).strip();
      Path folder = state.resolve(PREFIX + major);
      Files.createDirectories(folder);
      user.mustReach(folder, "DECANT_STATE");
      try (FileChannel _ = lock(folder)) {
        return new LocalServer(user, home, folder).start(template);
      }
    } catch (IOException e) {
      throw failed("start", state, e);
    }
  }

  private static Path reachable(ServerUser user, List<Path> folders) {
    return folders.stream()
        .map(Path::toAbsolutePath)
        .filter(user::canReach)
        .findFirst()
        .orElse(folders.getFirst().toAbsolutePath());
  }

  /** Whether such a server runs. Nothing is started or made. */
  public static boolean runs(List<Path> folders) {
    Path state = reachable(ServerUser.current(), folders);
    if (!Files.isDirectory(state)) {
      return false;
    }
    try (var found = Files.newDirectoryStream(state, PREFIX + "*")) {
      for (Path folder : found) {
        if (DeadServer.server(folder.resolve("data")).isPresent()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw failed("find", state, e);
    }
  }

  /** Stops all such servers that run, and returns their folders. Their data stay. */
  public static List<Path> stop(ScratchOptions options, List<Path> folders) {
    List<Path> stopped = new ArrayList<>();
    ServerUser user = ServerUser.current();
    Path state = reachable(user, folders);
    if (!Files.isDirectory(state)) {
      return stopped;
    }
    try (var found = Files.newDirectoryStream(state, PREFIX + "*")) {
      for (Path folder : found) {
        try (FileChannel _ = lock(folder)) {
          Optional<ProcessHandle> server = DeadServer.server(folder.resolve("data"));
          if (server.isPresent()) {
            PostgresHome home =
                PostgresHome.of(options, new CacheFolder(options.cache(user).resolve("postgres")));
            new LocalServer(user, home, folder).control("stop", "-m", "fast");
            stopped.add(folder);
          }
        }
      }
    } catch (IOException e) {
      throw failed("stop", state, e);
    }
    return stopped;
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var _ = FileLocks.lock(channel, file, PATIENCE, ErrorCode.SCRATCH_FAILED);
      return channel;
    } catch (IOException | DecantException e) {
      channel.close();
      throw e;
    }
  }

  private static DecantException failed(String doing, Path state, IOException e) {
    if (DiskFull.is(e)) {
      return DiskFull.error(state, DataTemplate.BYTES, "the embedded PostgreSQL", FULL, e);
    }
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "decant cannot "
            + doing
            + " the embedded PostgreSQL of "
            + state
            + ". Check that you may write there, or name another folder with DECANT_STATE.",
        e);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private Path password() {
    return folder.resolve("password");
  }

  private Path administratorPassword() {
    return folder.resolve("administrator-password");
  }

  private Access start(DataTemplate template) throws IOException {
    requirePlainRole();
    if (DeadServer.server(data()).isPresent() && Files.exists(password())) {
      return access(runningPort());
    }
    boolean isNew = !Files.exists(password());
    if (isNew) {
      makeData(template);
    }
    int port = startOnSomePort();
    if (isNew) {
      makeRoles(port, template);
    }
    return access(port);
  }

  /**
   * Refuses a server of an early version of decant, in which developers worked as the superuser and
   * databases belong to the superuser.
   */
  private void requirePlainRole() {
    if (Files.exists(password()) && !Files.exists(administratorPassword())) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "The embedded server in "
              + folder
              + " was made by an earlier version of decant, whose pulls ran as a superuser. Remove"
              + " it by `decant pull --stop; rm -r "
              + shellWord(folder)
              + "`, and pull again.");
    }
  }

  private Access access(int port) throws IOException {
    return new Access(
        address(port, PlainRole.NAME, Files.readString(password())),
        address(port, DataTemplate.SUPERUSER, Files.readString(administratorPassword())));
  }

  /**
   * Copies the template. An unfinished copy of a former attempt, which has no password yet, is
   * removed first.
   */
  private void makeData(DataTemplate template) throws IOException {
    Folders.delete(data());
    Files.deleteIfExists(log());
    user.own(Files.createFile(log()));
    user.own(Folders.create(data(), "rwx------"));
    Path said = Files.createTempFile(folder, "copy", ".log");
    List<String> copy = List.of("/bin/cp", "-R", template.data() + "/.", data().toString());
    int status = home.status(user, copy, said);
    String output = Files.readString(said);
    Files.delete(said);
    if (status != 0) {
      throw failed("copying an empty server failed", output);
    }
  }

  /**
   * Starts the server on the port that it had, so that URLs stay valid, or on another port if that
   * one is taken.
   */
  private int startOnSomePort() throws IOException {
    int port = settledPort();
    for (int attempt = 1; ; attempt++) {
      writeSettings(port);
      long before = Files.size(log());
      try {
        control("start", "-l", log().toString(), "-o", "-c config_file=" + shellWord(settings()));
        return port;
      } catch (DecantException e) {
        String said = Files.readString(log()).substring((int) before);
        if (attempt == ATTEMPTS || !said.contains("could not create any TCP/IP sockets")) {
          throw said.isBlank() ? e : failed("pg_ctl start failed", said);
        }
        port = EmbeddedScratchServer.freePort();
      }
    }
  }

  private DecantException failed(String what, String said) {
    return ServerFailure.of(what, said, folder, DataTemplate.BYTES, FULL);
  }

  /** The path as one word of a shell command. pg_ctl passes its options to a shell, too. */
  private static String shellWord(Path path) {
    String word = path.toString();
    return word.matches("[\\w/.+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private Path settings() {
    return folder.resolve("postgresql.conf");
  }

  private int settledPort() throws IOException {
    if (Files.exists(settings())) {
      for (String line : Files.readAllLines(settings())) {
        if (line.startsWith("port = '")) {
          return Integer.parseInt(line.replaceAll("\\D", ""));
        }
      }
    }
    return EmbeddedScratchServer.freePort();
  }

  private void writeSettings(int port) throws IOException {
    Path rules = Files.writeString(folder.resolve("pg_hba.conf"), ServerSettings.hostRules());
    Path settings = Files.writeString(settings(), ServerSettings.lasting(port, rules));
    user.own(rules);
    user.own(settings);
  }

  private void control(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(home.program("pg_ctl").toString(), "-D", data().toString(), "-w"));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "pg_ctl", ".log");
    try {
      int status = home.status(user, command, said);
      if (status != 0) {
        throw failed("pg_ctl " + arguments[0] + " failed", Files.readString(said));
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }

  /** The port of the running server, which is line 4 of postmaster.pid. */
  private int runningPort() throws IOException {
    return Integer.parseInt(Files.readAllLines(data().resolve("postmaster.pid")).get(3).strip());
  }

  private void makeRoles(int port, DataTemplate template) throws IOException {
    String superusers = RandomPassword.create();
    String owners = RandomPassword.create();
    int version =
        10_000 * Integer.parseInt(Files.readString(template.folder().resolve("version")).strip());
    try (Connection connection =
            address(port, DataTemplate.SUPERUSER, template.password()).connect("postgres");
        Statement statement = connection.createStatement()) {
      PlainRole.create(statement, PlainRole.NAME, owners, version, "CREATEDB");
      statement.execute("ALTER ROLE " + DataTemplate.SUPERUSER + " PASSWORD '" + superusers + "'");
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SCRATCH_FAILED, "preparing the embedded PostgreSQL");
    }
    write(administratorPassword(), superusers);
    write(password(), owners);
  }

  private void write(Path file, String password) throws IOException {
    Path part =
        Files.createTempFile(
            folder,
            "password",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, password);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ServerAddress address(int port, String user, String password) {
    return new ServerAddress(
        "127.0.0.1",
        port,
        user,
        password,
        "postgres",
        Map.of("sslmode", "disable", "gssEncMode", "disable"));
  }
}
