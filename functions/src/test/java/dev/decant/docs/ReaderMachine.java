package dev.decant.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.demo.Demo;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.scratch.ScratchServers;
import dev.decant.scratch.TemporaryServer;
import dev.decant.testing.Component;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machine of somebody who reads the documents: the launcher with its jar, a PostgreSQL server
 * that {@code psql} finds with a database {@code mydb}, and an S3 with the buckets that the documents name. Production's backup
 * job has left a dump in {@code s3://raw-bucket}.
 */
final class ReaderMachine implements AutoCloseable {
  private static final Path PROJECT = Documents.PROJECT.toAbsolutePath().normalize();
  private static final String ROLE = "dev";

  /** The only text of the documents that is not taken as it is: a port may be taken. */
  private static final String SERVER = "localhost:5432";

  private static final String DUMP =
      "snapshots/shop/production/pgsql_shop_20260323-060000.sql.zst";

  private final Path folder;
  private final TemporaryServer server;
  private final Map<String, String> environment = new TreeMap<>();

  private ReaderMachine(Path folder, TemporaryServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts one; its folder must not exist yet. Whoever starts it closes it. */
  static ReaderMachine start(Path folder) throws IOException {
    TemporaryServer server = ScratchServers.temporary(versionOfPgDump().options());
    ReaderMachine machine = new ReaderMachine(folder, server);
    machine.prepare(server.role(ROLE), S3Server.running());
    return machine;
  }

  private void prepare(ServerAddress address, S3Server s3) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path target = Files.createDirectories(folder.resolve("decant/functions/target"));
    Files.copy(jar(), target.resolve("decant.jar"));
    Files.copy(PROJECT.resolve("decant"), folder.resolve("decant/decant"));
    Files.createSymbolicLink(bin.resolve("decant"), folder.resolve("decant/decant"));
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
    environment.put("DECANT_STATE", folder.resolve("state").toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("DECANT_JAVA_HOME", System.getProperty("java.home"));
    environment.put("PGHOST", "localhost");
    environment.put("PGPORT", Integer.toString(address.port()));
    environment.put("PGUSER", ROLE);
    environment.put("PGPASSWORD", address.password());
    environment.put("AWS_ENDPOINT_URL", s3.endpoint());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    for (String bucket : List.of("raw-bucket", "sanitized-bucket", "prod-media", "staging-media")) {
      s3.makeBucket(bucket);
    }
    makeDatabase(address);
    Path demo = folder.resolve("demo");
    s3.put("raw-bucket", DUMP, Demo.run(demo, 1_000_000, Progress.NONE).paths().raw());
  }

  /** A database of the reader's own, {@code mydb}. */
  private static void makeDatabase(ServerAddress address) {
    execute(address.connect(address.database()), "CREATE DATABASE mydb");
    execute(
        address.connect("mydb"),
        "CREATE TABLE customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " email text NOT NULL UNIQUE, full_name text NOT NULL, phone text);"
            + " INSERT INTO customer (email, full_name, phone) SELECT 'customer' || n || '@mail.example',"
            + " 'Customer ' || n, '+49 160 ' || 1000000 + n FROM generate_series(1, 100) AS n");
  }

  private static void execute(Connection connection, String sql) {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path jar() {
    return Path.of(Objects.requireNonNull(System.getProperty("decant.jar"))).toAbsolutePath();
  }

  /** pg_dump refuses a server that is newer than itself. */
  private static PostgresVersion versionOfPgDump() throws IOException {
    if (Component.PSQL.isMissing()) {
      return PostgresVersion.V18;
    }
    Process process = new ProcessBuilder("pg_dump", "--version").start();
    Matcher major =
        Pattern.compile("\\b\\d+").matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
    int version = major.find() ? Integer.parseInt(major.group()) : 18;
    return PostgresVersion.valueOf("V" + Math.clamp(version, 13, 18));
  }

  /** A folder that looks like a fresh clone which has been built. */
  Path newFolder(Path clone) throws IOException {
    Files.createDirectory(clone);
    Files.createSymbolicLink(clone.resolve("decant"), folder.resolve("decant/decant"));
    copy(PROJECT.resolve("events"), clone.resolve("events"));
    copy(PROJECT.resolve("docs"), clone.resolve("docs"));
    return clone;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** The text with the server that this machine has. */
  String adapted(String text) {
    return text.replace(SERVER, "localhost:" + environment.get("PGPORT"));
  }

  /** Starts a script; its output goes to a file. Whoever starts it ends it. */
  Process bash(Path workingFolder, String script, Path log) throws IOException {
    Path file = Files.writeString(folder.resolve(workingFolder.getFileName() + ".sh"), script);
    ProcessBuilder builder = new ProcessBuilder(Component.BASH.program().toString(), file.toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .directory(workingFolder.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  @Override
  public void close() {
    server.close();
  }
}
