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
 * The role that runs a dump's SQL on somebody's server. It is the given role, or, if that is a
 * superuser, a role that exists only during the run.
 */
final class RemoteRole {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteRole.class);

  /** The predefined roles whose members can reach programs or files from the database. */
  private static final String REACHES_OUT =
      "('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')";

  private RemoteRole() {}

  /**
   * Whether the given role is a superuser.
   *
   * @throws DecantException SCRATCH_FAILED if the role may not create databases, or if it may run
   *     programs or read files on the server without being a superuser
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
    String role = "The role " + address.user() + " of the scratch server " + address.host();
    return switch (rights.getFirst()) {
      case "superuser" -> true;
      case "plain" -> false;
      case "reaches out" ->
          throw new DecantException(
              ErrorCode.SCRATCH_FAILED,
              role
                  + " may run programs or read files there, and so could the functions of a dump."
                  + " Use a role that has CREATEDB and is not a member of any of "
                  + REACHES_OUT.replaceAll("[()']", "")
                  + '.');
      default ->
          throw new DecantException(
              ErrorCode.SCRATCH_FAILED,
              role
                  + " may not create databases. Let an administrator run there: ALTER ROLE "
                  + Quoting.identifier(address.user())
                  + " CREATEDB.");
    };
  }

  /** Whether the server has a role of this name. */
  static boolean exists(Databases databases, String role) {
    return !databases
        .rows(
            "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = " + Quoting.literal(role),
            "asking for the role " + role,
            row -> row.getInt(1))
        .isEmpty();
  }

  /**
   * Whether a role owns databases, such as those that a run left to its other processes. If that
   * cannot be found out, the answer is yes, because only the sweeper is then sure.
   */
  static boolean ownsDatabases(Databases databases, String role) {
    try {
      return !databases
          .rows(
              "SELECT 1 FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid ="
                  + " d.datdba WHERE r.rolname = "
                  + Quoting.literal(role),
              "asking for the databases of the role " + role,
              row -> row.getInt(1))
          .isEmpty();
    } catch (DecantException e) {
      LOG.warn("{}", e.getMessage());
      return true;
    }
  }

  /** Creates a plain role as the superuser. Returns the address with this role. */
  static ServerAddress create(
      Databases databases, ServerAddress superuser, String role, String password, int version) {
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
   * The address by which the role can log in. A socket often accepts accounts of the machine but no
   * passwords; then the role connects by TCP. A login there proves that it is the same server,
   * because no other server has this role with this password.
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
          "The role "
              + superuser.user()
              + " of the scratch server "
              + superuser.host()
              + " is a superuser, and a dump's SQL must not run as a superuser. decant made a plain"
              + " role for it, which cannot log in with a password (pg_hba.conf): "
              + e.getMessage()
              + " Use a role that has CREATEDB and is not a superuser.");
    }
  }

  /**
   * Drops a role whose databases were dropped. A failure is only logged, as the sweeper tries
   * again.
   */
  static void drop(Databases databases, String role) {
    try {
      String quoted = Quoting.identifier(role);
      databases.execute("DROP OWNED BY " + quoted, "dropping what the role " + role + " owns");
      databases.execute("DROP ROLE " + quoted, "dropping the role " + role);
    } catch (DecantException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Drops the roles of dead runs, which are roles without databases that are older than an age. */
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
