package dev.decant.postgres;

import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a server listens and as whom we come. {@link #toString()} shows no password.
 *
 * @param host a name or an address; or a folder, an absolute path, that has the server's
 *     Unix-domain socket
 * @param database to connect to for CREATE DATABASE
 * @param properties pgjdbc's, sslmode for instance
 */
public record ServerAddress(
    String host,
    int port,
    String user,
    String password,
    String database,
    Map<String, String> properties) {
  /**
   * pgjdbc logs through java.util.logging, statements and values from FINE on: nobody may turn that
   * on.
   */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  /** No such database, no right to connect to it, a database that lets nobody in. */
  private static final Set<String> PASSED_OVER = Set.of("3D000", "42501", "28000", "55000");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
    // Passwords come from PasswordFile, which reads the file as libpq does.
    System.setProperty("org.postgresql.pgpassfile", "/dev/null");
  }

  public ServerAddress {
    properties = Map.copyOf(properties);
  }

  public ServerAddress withPassword(String other) {
    return new ServerAddress(host, port, user, other, database, properties);
  }

  public ServerAddress withProperties(Map<String, String> others) {
    return new ServerAddress(host, port, user, password, database, others);
  }

  /** Whether the server is reached by a Unix-domain socket; it may still be a proxy's. */
  public boolean isSocket() {
    return host.startsWith("/");
  }

  /** The server of a socket of this machine by its TCP port, where it listens on one. */
  public ServerAddress byTcp() {
    return new ServerAddress("localhost", port, user, password, database, properties);
  }

  /** {@code .s.PGSQL.5432} in the host's folder. */
  private Path socket() {
    return socket(host, port);
  }

  static Path socket(String folder, int port) {
    return Path.of(folder, ".s.PGSQL." + port);
  }

  /** For messages: {@code HOST:PORT}, or the path of the socket. */
  public String place() {
    if (isSocket()) {
      return socket().toString();
    }
    return (bareHost().contains(":") ? '[' + bareHost() + ']' : host) + ':' + port;
  }

  /** The names that lines of a password file may have for the host. */
  List<String> namesInPasswordFile() {
    return ServerFinder.SOCKET_FOLDERS.contains(host)
        ? List.of("localhost", host)
        : List.of(bareHost());
  }

  /** The host; an IPv6 address without brackets. */
  String bareHost() {
    return host.replaceAll("^\\[|]$", "");
  }

  public ServerAddress withUser(String otherUser, String itsPassword) {
    return new ServerAddress(host, port, otherUser, itsPassword, database, properties);
  }

  /** Connects, autocommit on. */
  public Connection connect(String toDatabase) {
    try {
      return source(toDatabase).getConnection();
    } catch (SQLException e) {
      throw ConnectionErrors.of(e, this);
    }
  }

  /** Connects and prepares the session by one statement. */
  public Connection connect(String toDatabase, String sessionSql) {
    return prepared(connect(toDatabase), sessionSql);
  }

  private static Connection prepared(Connection connection, String sessionSql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sessionSql);
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "preparing a session");
    }
  }

  /**
   * Connects to the first of these databases that is there and lets this role in, for statements
   * that are about the server.
   */
  public Connection connectToAny(List<String> databases) {
    for (String each : databases.subList(0, databases.size() - 1)) {
      Optional<Connection> connection = letIn(each);
      if (connection.isPresent()) {
        return connection.get();
      }
    }
    return connect(databases.getLast());
  }

  /** As {@link #connectToAny(List)}, and prepares the session by one statement. */
  public Connection connectToAny(List<String> databases, String sessionSql) {
    return prepared(connectToAny(databases), sessionSql);
  }

  /**
   * Connects; empty where the server answers that there is no such database or that it does not let
   * this role in. No connection to be had, of the server or the database, is an error as always.
   */
  public Optional<Connection> letIn(String toDatabase, String sessionSql) {
    return letIn(toDatabase).map(connection -> prepared(connection, sessionSql));
  }

  private Optional<Connection> letIn(String toDatabase) {
    try {
      return Optional.of(source(toDatabase).getConnection());
    } catch (SQLException e) {
      if (PASSED_OVER.contains(String.valueOf(e.getSQLState()))) {
        return Optional.empty();
      }
      throw ConnectionErrors.of(e, this);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The first error is the one to report.
    }
  }

  private PGSimpleDataSource source(String toDatabase) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {isSocket() ? "localhost" : host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(toDatabase);
    source.setUser(user);
    if (!password.isEmpty()) {
      source.setPassword(password);
    }
    source.setApplicationName("decant");
    source.setLogServerErrorDetail(false);
    source.setConnectTimeout(15);
    source.setLoginTimeout(30);
    // A COPY or an index takes as long as it takes.
    source.setSocketTimeout(0);
    source.setTcpKeepAlive(true);
    source.setAssumeMinServerVersion("13");
    source.setPrepareThreshold(0);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      source.setProperty(property.getKey(), property.getValue());
    }
    if (isSocket()) {
      source.setSocketFactory(UnixSocketFactory.class.getName());
      source.setSocketFactoryArg(socket().toString());
      // Servers encrypt TCP only; libpq, too, passes over what is said of encryption.
      source.setSslMode("disable");
      source.setProperty("gssEncMode", "disable");
    }
    return source;
  }

  @Override
  public String toString() {
    return user + '@' + place() + '/' + database;
  }
}
