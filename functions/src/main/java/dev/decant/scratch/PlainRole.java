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
  /** Of embedded servers. */
  static final String NAME = "decant";

  private static final int GRANTS_ON_PARAMETERS = 150_000;

  private PlainRole() {}

  /**
   * Creates it.
   *
   * @param superuser a statement of a connection of the server's superuser
   * @param version of the server, 180006 for instance
   * @param more attributes of CREATE ROLE: {@code CREATEDB}, or nothing
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
      // It only decides which triggers fire: sql steps may want none.
      superuser.execute(
          "GRANT SET ON PARAMETER session_replication_role TO " + Quoting.identifier(name));
    }
  }
}
