package dev.decant.scratch;

import dev.decant.database.DatabaseErrors;
import dev.decant.database.ServerAddress;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.Waits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CREATE and DROP DATABASE on one server. Several threads may use it. */
final class Databases {
  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

  private final ServerAddress server;
  private final String sessionSql;
  private final Set<CreatedDatabase> living = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Databases(ServerAddress server, String sessionSql) {
    this.server = server;
    this.sessionSql = sessionSql;
  }

  CreatedDatabase create(String name) {
    return create(name, "TEMPLATE template0 ENCODING 'UTF8'");
  }

  /** File by file: pages need not go through WAL. */
  CreatedDatabase copy(ScratchDatabase of, String name, int version) {
    String strategy = version >= 150000 ? " STRATEGY file_copy" : "";
    return create(name, "TEMPLATE " + quoted(of.name()) + strategy);
  }

  private CreatedDatabase create(String name, String how) {
    requireOpen();
    execute("CREATE DATABASE " + quoted(name) + ' ' + how, "creating a scratch database");
    CreatedDatabase database = new CreatedDatabase(name, server, sessionSql, this::dropLiving);
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
   * A failure is a warning: the work on the database is done, and what stays there goes with its
   * server or by the sweeper. An interrupt, which would end the connecting, waits meanwhile.
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
        "DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)",
        "dropping scratch database " + name);
  }

  /** Forgets the databases: their server is going. */
  void forgetAll() {
    closed = true;
    living.clear();
  }

  /** Drops all that were made and not closed. No more can be made. */
  void dropAll() {
    closed = true;
    living.forEach(CreatedDatabase::close);
  }

  List<String> livingNames() {
    return living.stream().map(CreatedDatabase::name).toList();
  }

  Set<String> extensions() {
    Set<String> names = new TreeSet<>();
    forEach(
        "SELECT name::text FROM pg_catalog.pg_available_extensions",
        "listing extensions",
        row -> names.add(row.getString(1)));
    return names;
  }

  void execute(String sql, String doing) {
    try (Connection connection = server.connect(server.database());
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, sql);
    }
  }

  /** Takes one row of a result. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  void forEach(String sql, String doing, RowReader reader) {
    try (Connection connection = server.connect(server.database());
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, sql);
    }
  }

  /** The first column of the last row, or null where there is none. */
  @Nullable String query(String sql, String doing) {
    @Nullable String[] value = new String[1];
    forEach(sql, doing, row -> value[0] = row.getString(1));
    return value[0];
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
