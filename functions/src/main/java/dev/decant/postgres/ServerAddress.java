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
 * The place where a server listens, and the role that connects to it. {@link #toString()} shows no
 * password.
 *
 * @param host a host name or an IP address, or the absolute path of the folder that holds the
 *     server's Unix-domain socket
 * @param database the database to connect to for statements such as CREATE DATABASE
 * @param properties connection properties of pgjdbc, such as sslmode
 */
public record ServerAddress(
    String host,
    int port,
    String user,
    String password,
    String database,
    Map<String, String> properties) {
  /**
   * pgjdbc logs through java.util.logging, and its logs contain statements and values from the
   * level FINE on. Nobody may turn that on.
   */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  /** The states of a database that does not exist or that does not accept this role or anybody. */
  private static final Set<String> PASSED_OVER = Set.of("3D000", "42501", "28000", "55000");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
    // PasswordFile reads the password file in the way of libpq.
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

  /** Whether decant connects by a Unix-domain socket. The socket may belong to a proxy. */
  public boolean isSocket() {
    return host.startsWith("/");
  }

  /** The address of the TCP port of a server that this address reaches by a socket. */
  public ServerAddress byTcp() {
    return new ServerAddress("localhost", port, user, password, database, properties);
  }

  /** The file {@code .s.PGSQL.5432} in the folder that the host names. */
  private Path socket() {
    return socket(host, port);
  }

  static Path socket(String folder, int port) {
    return Path.of(folder, ".s.PGSQL." + port);
  }

  /** {@code HOST:PORT} or the path of the socket, for messages. */
  public String place() {
    if (isSocket()) {
      return socket().toString();
    }
    return (bareHost().contains(":") ? '[' + bareHost() + ']' : host) + ':' + port;
  }

  /** The names by which lines of a password file may refer to the host. */
  List<String> namesInPasswordFile() {
    return ServerFinder.SOCKET_FOLDERS.contains(host)
        ? List.of("localhost", host)
        : List.of(bareHost());
  }

  /** The host without the brackets of an IPv6 address. */
  String bareHost() {
    return host.replaceAll("^\\[|]$", "");
  }

  public ServerAddress withUser(String otherUser, String itsPassword) {
    return new ServerAddress(host, port, otherUser, itsPassword, database, properties);
  }

  /** Connects, with autocommit. The caller closes the connection. */
  public Connection connect(String toDatabase) {
    try {
      return source(toDatabase).getConnection();
    } catch (SQLException e) {
      throw ConnectionErrors.of(e, this);
    }
  }

  /** Connects and runs a statement that prepares the session. */
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
   * Connects to the first of these databases that exists and accepts this role. Such a connection
   * serves for statements about the server.
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

  /** As {@link #connectToAny(List)}, and runs a statement that prepares the session. */
  public Connection connectToAny(List<String> databases, String sessionSql) {
    return prepared(connectToAny(databases), sessionSql);
  }

  /**
   * Connects. The result is empty if the server answers that the database does not exist or does
   * not accept this role. If the server cannot be reached, or if it has no connection left, that is
   * an error as always.
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
    // A COPY or an index may take any time.
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
      // Servers encrypt only TCP. libpq, too, ignores the settings for encryption here.
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
