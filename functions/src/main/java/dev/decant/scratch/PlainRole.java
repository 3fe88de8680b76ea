package dev.decant.scratch;

import dev.decant.postgres.Quoting;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The role that owns the databases of a server of decant's own. A dump's SQL runs as this role, so
 * it cannot run programs or read files, and it cannot change anything outside of its databases. It
 * sees all rows of its tables, also where a table's row security holds for its owner.
 */
final class PlainRole {
  /** The name of the role on embedded servers. */
  static final String NAME = "decant";

  private static final int GRANTS_ON_PARAMETERS = 150_000;

  private PlainRole() {}

  /**
   * Creates the role.
   *
   * @param superuser a statement in a session of the server's superuser
   * @param version the server's version, for example 180006
   * @param more further attributes of CREATE ROLE, such as {@code CREATEDB}, or an empty text
   */
  static void create(Statement superuser, String name, String password, int version, String more)
      throws SQLException {
    superuser.execute(
        "CREATE ROLE "
            + Quoting.identifier(name)
            + " LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION BYPASSRLS "
            + more
            + " PASSWORD "
            + Quoting.literal(password));
    if (version >= GRANTS_ON_PARAMETERS) {
      // The parameter only decides which triggers fire, and sql steps may need to switch them off.
      superuser.execute(
          "GRANT SET ON PARAMETER session_replication_role TO " + Quoting.identifier(name));
    }
  }
}
