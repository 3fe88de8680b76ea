package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.OwnExtensions;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import dev.decant.run.Waits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and drops databases on one server. Several threads may use it. The databases belong to an
 * owner, which is the administrator or a plain role. All connections to them are those of the
 * owner.
 */
final class Databases {
  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

  /** The version since which the schema public belongs to a database's owner. */
  private static final int PUBLIC_IS_THE_OWNERS = 150_000;

  /** Since when CREATE DATABASE has strategies; the older servers copy files. */
  private static final int HAS_STRATEGIES = 150_000;

  private final ServerAddress server;
  private final ServerAddress owner;
  private final int version;
  private final String sessionSql;
  private final boolean ofOurServer;
  private final Set<CreatedDatabase> living = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * The databases of a server.
   *
   * @param server the address with the administrator, who creates and drops databases
   * @param owner the address with the role that owns the databases; it is the same as {@code
   *     server} if there is no other role
   * @param version the server's version, for example 180006
   * @param sessionSql the statement that prepares each session of the owner
   * @param ofOurServer whether the server is only for us, so that a checkpoint disturbs nobody
   */
  Databases(
      ServerAddress server,
      ServerAddress owner,
      int version,
      String sessionSql,
      boolean ofOurServer) {
    this.server = server;
    this.owner = owner;
    this.version = version;
    this.sessionSql = sessionSql;
    this.ofOurServer = ofOurServer;
  }

  /**
   * Creates an empty database.
   *
   * @param extensions the schemas of the extensions to create in it, by the extensions' names
   * @param sql a statement that the administrator runs in it afterwards, or an empty text
   */
  CreatedDatabase create(
      String name, DatabaseEncoding encoding, Map<String, String> extensions, String sql) {
    String clauses = "TEMPLATE template0 " + encoding.clauses(version);
    CreatedDatabase database = create(name, clauses + (ofOurServer ? byFiles() : ""));
    try {
      prepare(name, extensions, sql);
      return database;
    } catch (DecantException e) {
      database.close();
      throw e;
    }
  }

  /** Does the administrator's work in a database, before any SQL of a dump runs there. */
  private void prepare(String name, Map<String, String> extensions, String sql) {
    boolean ownsPublic = version >= PUBLIC_IS_THE_OWNERS || !hasOwnOwner();
    if (ownsPublic && extensions.isEmpty() && sql.isEmpty()) {
      return;
    }
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      if (!ownsPublic) {
        statement.execute("ALTER SCHEMA public OWNER TO " + Quoting.identifier(owner.user()));
      }
      if (hasOwnOwner()) {
        OwnExtensions.create(connection, extensions, owner.user());
      } else {
        createExtensions(statement, extensions);
      }
      if (!sql.isEmpty()) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "preparing a scratch database");
    }
  }

  /** Creates extensions with the rights of the role that connects. */
  private static void createExtensions(Statement statement, Map<String, String> extensions) {
    for (Map.Entry<String, String> each : extensions.entrySet()) {
      String schema = Quoting.identifier(each.getValue());
      String sql =
          "CREATE EXTENSION IF NOT EXISTS "
              + Quoting.identifier(each.getKey())
              + " WITH SCHEMA "
              + schema;
      try {
        if (!each.getValue().startsWith("pg_")) {
          statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        }
        statement.execute(sql);
      } catch (SQLException e) {
        throw DatabaseErrors.of(
            e, ErrorCode.DATABASE_FAILED, "creating the extension " + each.getKey(), sql);
      }
    }
  }

  private boolean hasOwnOwner() {
    return !owner.user().equals(server.user());
  }

  CreatedDatabase copy(ScratchDatabase of, String name) {
    return create(name, "TEMPLATE " + Quoting.identifier(of.name()) + byFiles());
  }

  /** Takes a database that exists already, as if it was created here. */
  CreatedDatabase adopt(String name) {
    requireOpen();
    CreatedDatabase database = new CreatedDatabase(name, owner, sessionSql, this::dropLiving);
    living.add(database);
    return database;
  }

  /** Leaves a living database to others. */
  void keep(ScratchDatabase database) {
    var _ =
        living.removeIf(
            each -> {
              boolean same = each.name().equals(database.name());
              if (same) {
                each.keep();
              }
              return same;
            });
  }

  /**
   * The clause that copies a database file by file, which takes half the time of copying each page
   * through WAL. The server makes a checkpoint before and after the copy.
   */
  private String byFiles() {
    return version >= HAS_STRATEGIES ? " STRATEGY file_copy" : "";
  }

  private CreatedDatabase create(String name, String how) {
    requireOpen();
    String whose = hasOwnOwner() ? " OWNER " + Quoting.identifier(owner.user()) : "";
    execute(
        "CREATE DATABASE " + Quoting.identifier(name) + whose + ' ' + how,
        "creating a scratch database");
    CreatedDatabase database = new CreatedDatabase(name, owner, sessionSql, this::dropLiving);
    living.add(database);
    if (closed) {
      database.close();
    }
    requireOpen();
    return database;
  }

  private void requireOpen() {
    if (closed) {
      throw new DecantException(ErrorCode.CANCELLED, "The run was cancelled.");
    }
  }

  /**
   * Drops a database that was closed. A failure is only a warning, because the work on the database
   * is done, and the database is removed with its server or by the sweeper. An interrupt is held
   * back, because it would prevent the connection.
   */
  private void dropLiving(CreatedDatabase database) {
    if (living.remove(database)) {
      try {
        Waits.uninterrupted(() -> drop(database.name()));
      } catch (DecantException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
  }

  void drop(String name) {
    execute(
        "DROP DATABASE IF EXISTS " + Quoting.identifier(name) + " WITH (FORCE)",
        "dropping scratch database " + name);
  }

  /** Forgets all databases, because their server is being stopped. */
  void forgetAll() {
    closed = true;
    living.clear();
  }

  /** Drops all databases that are not closed. No more can be created. */
  void dropAll() {
    closed = true;
    living.forEach(CreatedDatabase::close);
  }

  List<String> livingNames() {
    return living.stream().map(CreatedDatabase::name).toList();
  }

  Set<String> extensions() {
    return new TreeSet<>(
        rows(
            "SELECT name::text FROM pg_catalog.pg_available_extensions",
            "listing extensions",
            row -> row.getString(1)));
  }

  /** Runs a statement as the administrator, in its own connection. */
  void execute(String sql, String doing) {
    try (Connection connection = server.connect(server.database())) {
      Queries.execute(connection, sql, doing);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  /** The rows of a query that the administrator asks in its own connection. */
  <T> List<T> rows(String sql, String doing, Queries.RowReader<T> reader) {
    try (Connection connection = server.connect(server.database())) {
      return Queries.rows(connection, sql, doing, reader);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }
}
