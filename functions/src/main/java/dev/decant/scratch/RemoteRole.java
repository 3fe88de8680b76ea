package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role that a dump's SQL runs as on somebody's server: the one that was given, or, where that
 * is a superuser, one that exists as long as the run.
 */
final class RemoteRole {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteRole.class);

  /** Membership in one of these is all that it takes to leave the database. */
  private static final String REACHES_OUT =
      "('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')";

  private RemoteRole() {}

  /**
   * Whether the role that was given is a superuser.
   *
   * @throws DecantException SCRATCH_FAILED where it cannot serve: it may not create databases, or
   *     it may run programs or read files on the server
   */
  static boolean isSuperuser(Databases databases, ServerAddress address) {
    List<String> rights =
        databases.rows(
            "SELECT CASE WHEN rolsuper THEN 'superuser' WHEN NOT rolcreatedb THEN 'no databases'"
                + " WHEN EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname IN "
                + REACHES_OUT
                + " AND pg_catalog.pg_has_role(r.oid, 'MEMBER')) THEN 'reaches out'"
                + " ELSE 'plain' END FROM pg_catalog.pg_roles WHERE rolname = current_user",
            "asking for the rights of the scratch server's role",
            row -> row.getString(1));
    String role = "role " + address.user() + " of scratch server " + address.host();
    return switch (rights.getFirst()) {
      case "superuser" -> true;
      case "plain" -> false;
      case "reaches out" ->
          throw new DecantException(
              ErrorCode.SCRATCH_FAILED,
              role
                  + " may run programs or read files there, and so could the functions of a dump;"
                  + " give a role that has CREATEDB and is a member of none of "
                  + REACHES_OUT.replaceAll("[()']", ""));
      default ->
          throw new DecantException(
              ErrorCode.SCRATCH_FAILED,
              "role "
                  + address.user()
                  + " may not create databases on scratch server "
                  + address.host()
                  + "; grant it there: ALTER ROLE "
                  + Quoting.identifier(address.user())
                  + " CREATEDB");
    };
  }

  /** Creates a plain role as superuser; answers how to connect as this role. */
  static ServerAddress create(
      Databases databases, ServerAddress superuser, String role, int version) {
    String password = RandomPassword.create();
    try (Connection connection = superuser.connect(superuser.database());
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(QuietLog.SESSION);
      PlainRole.create(statement, role, password, version, "");
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SCRATCH_FAILED, "creating the role " + role);
    }
    databases.execute(QuietLog.forRole(role), "preparing the role " + role);
    ServerAddress plain = superuser.withUser(role, password);
    try {
      return reachable(plain, superuser);
    } catch (DecantException e) {
      drop(databases, role);
      throw e;
    }
  }

  /**
   * A socket often lets accounts of the machine in and no passwords; then the role comes by TCP. A
   * login there proves that it is the same server: no other has this role with this password.
   */
  private static ServerAddress reachable(ServerAddress plain, ServerAddress superuser) {
    if (plain.isSocket() && !letsIn(plain) && letsIn(plain.byTcp())) {
      return plain.byTcp();
    }
    requireLogin(plain, superuser);
    return plain;
  }

  private static boolean letsIn(ServerAddress address) {
    try (Connection _ = address.connect(address.database())) {
      return true;
    } catch (DecantException | SQLException e) {
      return false;
    }
  }

  private static void requireLogin(ServerAddress plain, ServerAddress superuser) {
    try (Connection _ = plain.connect(plain.database())) {
      return;
    } catch (DecantException | SQLException e) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "role "
              + superuser.user()
              + " of scratch server "
              + superuser.host()
              + " is a superuser, which a dump's SQL must not run as, and the role that decant made"
              + " for it cannot log in with a password (pg_hba.conf): "
              + e.getMessage()
              + "; give a role that has CREATEDB and is no superuser");
    }
  }

  /** Drops a role whose databases are gone. A failure is a warning: the sweeper tries again. */
  static void drop(Databases databases, String role) {
    try {
      String quoted = Quoting.identifier(role);
      databases.execute("DROP OWNED BY " + quoted, "dropping what the role " + role + " owns");
      databases.execute("DROP ROLE " + quoted, "dropping the role " + role);
    } catch (DecantException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Drops the roles of dead runs: those without databases that are older than this. */
  static void sweep(Databases databases, Duration age) {
    List<String> roles =
        databases.rows(
            """
            SELECT r.rolname::text FROM pg_catalog.pg_roles r
            JOIN pg_catalog.pg_roles me ON me.rolname = current_user AND me.rolsuper
            WHERE r.rolname LIKE %s
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.datdba = r.oid)
            """
                .formatted(Quoting.likePrefix(ScratchNames.PREFIX + "role_")),
            "listing roles of dead runs",
            row -> row.getString(1));
    roles.stream()
        .filter(role -> ScratchNames.olderThan(age, role, Instant.now()))
        .forEach(role -> drop(databases, role));
  }
}
