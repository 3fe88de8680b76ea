package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which extensions a server has, and which of them the role that asked may create. */
public final class ExtensionRights {
  /**
   * Whose members may create extensions although they are no superusers: of Amazon RDS, Google
   * Cloud SQL, Azure, and Neon.
   */
  private static final String ADMINISTRATORS =
      "('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin', 'neon_superuser')";

  private final Set<String> available = new HashSet<>();
  private final Set<String> creatable = new HashSet<>();

  private ExtensionRights() {}

  /**
   * Asks the server of a connection, for its role.
   *
   * @throws DecantException {@link ErrorCode#DATABASE_FAILED}
   */
  public static ExtensionRights of(Connection connection) {
    ExtensionRights rights = new ExtensionRights();
    String query =
        """
        SELECT e.name, NOT v.superuser OR v.trusted OR me.rolsuper OR EXISTS (
          SELECT FROM pg_catalog.pg_roles r WHERE r.rolname IN %s
          AND pg_catalog.pg_has_role(r.oid, 'USAGE'))
        FROM pg_catalog.pg_available_extensions e
        JOIN pg_catalog.pg_available_extension_versions v
          ON v.name = e.name AND v.version = e.default_version
        JOIN pg_catalog.pg_roles me ON me.rolname = current_user
        """
            .formatted(ADMINISTRATORS);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        rights.available.add(rows.getString(1));
        if (rows.getBoolean(2)) {
          rights.creatable.add(rows.getString(1));
        }
      }
      return rights;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing extensions", query);
    }
  }

  /** Those of {@code needed} that the server does not have, by name. */
  public List<String> missing(Collection<String> needed) {
    return needed.stream().filter(name -> !available.contains(name)).sorted().toList();
  }

  /** Those of {@code needed} that the server has and the role may not create, by name. */
  public List<String> forbidden(Collection<String> needed) {
    return needed.stream()
        .filter(name -> available.contains(name) && !creatable.contains(name))
        .sorted()
        .toList();
  }
}
