package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.OtherSessions;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The server that a snapshot is pulled into, used with the role of the person. Any number of
 * threads may use it: each call opens a connection of its own.
 */
final class PullServer {
  private static final int OLDEST = 13;

  /** The facts that the server is asked for once. */
  private record Facts(int version, String versionName, boolean creates) {}

  private final FoundServer found;
  private final List<String> maintenance;
  private final Facts facts;

  private PullServer(FoundServer found, List<String> maintenance) {
    this.found = found;
    this.maintenance = maintenance;
    this.facts = ask();
  }

  /**
   * Connects once.
   *
   * @throws DecantException of kind DATABASE if the server does not answer
   */
  static PullServer of(FoundServer found) {
    Set<String> databases = new LinkedHashSet<>(List.of("postgres"));
    databases.add(found.address().database());
    databases.add("template1");
    try {
      return new PullServer(found, List.copyOf(databases));
    } catch (DecantException e) {
      throw e.code() == ErrorCode.DATABASE_UNAVAILABLE ? unreachable(found, e) : e;
    }
  }

  private static DecantException unreachable(FoundServer found, DecantException e) {
    String where =
        found.named().equals("default")
            ? "You named no server with --server, DATABASE_URL, PGHOST or PGSERVICE, so decant"
                + " tried "
                + found.address().place()
                + ". "
            : "The server was named by " + found.named() + ". ";
    return new DecantException(
        e.code(),
        e.getMessage()
            + " "
            + where
            + "Start the server, name another one, or use --embedded to let decant start one.");
  }

  private Facts ask() {
    return query(
            """
            SELECT current_setting('server_version_num')::int, current_setting('server_version'),
              rolcreatedb OR rolsuper
            FROM pg_catalog.pg_roles WHERE rolname = current_user
            """,
            "asking who we are",
            row -> new Facts(row.getInt(1), row.getString(2), row.getBoolean(3)))
        .getFirst();
  }

  /** Refuses a server that is too old, and a role that may not create databases. */
  void require() {
    if (major() < OLDEST) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The server "
              + host()
              + " is PostgreSQL "
              + versionName()
              + ", but decant needs 13 or later. Use a newer server, or --embedded.");
    }
    if (!facts.creates) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The role "
              + found.address().user()
              + " may not create databases on "
              + host()
              + ". As an administrator, run: ALTER ROLE "
              + Quoting.identifier(found.address().user())
              + " CREATEDB;");
    }
  }

  FoundServer found() {
    return found;
  }

  ServerAddress address() {
    return found.address();
  }

  /** The server for messages. */
  String host() {
    return found.address().place();
  }

  /** The major version, for example 18. */
  int major() {
    return facts.version / 10_000;
  }

  /** The server's version, for example 180006. */
  int version() {
    return facts.version;
  }

  String versionName() {
    return facts.versionName.split(" ", 2)[0];
  }

  /**
   * A connection for creating extensions: the superuser of decant's own server, otherwise the
   * person's role. The caller closes it.
   */
  Connection connectToExtend() {
    ServerAddress administrator = found.administrator();
    return administrator == null ? connect() : administrator.connect(administrator.database());
  }

  /** A connection to a maintenance database. The caller closes it. */
  Connection connect() {
    return found.address().connectToAny(maintenance);
  }

  /** Does the same as {@link #connect()}, but never uses this database, which is to be renamed. */
  Connection connectBeside(String database) {
    return found
        .address()
        .connectToAny(maintenance.stream().filter(each -> !each.equals(database)).toList());
  }

  /** The roles whose sessions in a database this role may not end. */
  List<String> rolesThatStay(String database) {
    try (Connection connection = connect()) {
      return OtherSessions.notOurs(connection, database);
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  /** Runs statements, each in a transaction of its own. */
  void execute(String doing, String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing, sql);
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  <T> List<T> query(String sql, String doing, Queries.RowReader<T> reader) {
    try (Connection connection = connect()) {
      return Queries.rows(connection, sql, doing, reader);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }
}
