package dev.decant.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.postgres.ServerAddress;
import dev.decant.scratch.ScratchServers;
import dev.decant.scratch.TemporaryServer;
import dev.decant.testing.Component;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PostgreSQL server of a reader: its role {@code dev} may create databases, and it has a
 * database {@code mydb}. Its version is one that {@code pg_dump} of this machine can read.
 */
final class ReaderServer implements AutoCloseable {
  private static final String ROLE = "dev";

  /** The address of the server in the documents. */
  private static final String WRITTEN = "localhost:5432";

  private static final int NEWEST = 18;
  private static final int OLDEST = 13;

  private final TemporaryServer server;
  private final ServerAddress address;

  private ReaderServer(TemporaryServer server) {
    this.server = server;
    this.address = server.role(ROLE);
  }

  /** Starts a server, which the caller closes. */
  static ReaderServer start() throws IOException {
    ReaderServer started = new ReaderServer(ScratchServers.temporary(version().options()));
    started.execute(started.address.database(), "CREATE DATABASE mydb");
    started.execute(
        "mydb",
        """
        CREATE TABLE customer (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          email text NOT NULL UNIQUE, full_name text NOT NULL, phone text);
        INSERT INTO customer (email, full_name, phone)
          SELECT 'customer' || n || '@mail.example', 'Customer ' || n, '+49 160 ' || 1000000 + n
          FROM generate_series(1, 100) AS n
        """);
    return started;
  }

  /** pg_dump refuses a server that is newer than itself. */
  private static PostgresVersion version() throws IOException {
    int version = NEWEST;
    if (!Component.PSQL.isMissing()) {
      Process process = new ProcessBuilder("pg_dump", "--version").start();
      String line = new String(process.getInputStream().readAllBytes(), UTF_8);
      Matcher major = Pattern.compile("\\b\\d+").matcher(line);
      version = major.find() ? Integer.parseInt(major.group()) : NEWEST;
    }
    return PostgresVersion.valueOf("V" + Math.clamp(version, OLDEST, NEWEST));
  }

  private void execute(String database, String sql) {
    try (Connection connection = address.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The variables by which libpq and decant find the server. */
  Map<String, String> environment() {
    return Map.of(
        "PGHOST",
        "localhost",
        "PGPORT",
        Integer.toString(address.port()),
        "PGUSER",
        ROLE,
        "PGPASSWORD",
        address.password());
  }

  /** The text with the port of this server. This is the only change that is made to a document. */
  String adapted(String text) {
    return text.replace(WRITTEN, "localhost:" + address.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
