package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The extensions of a server, and those of them that the connected role may create. */
public final class ExtensionRights {
  /**
   * The roles of Amazon RDS, Google Cloud SQL, Azure and Neon whose members may create extensions
   * although they are not superusers.
   */
  private static final String ADMINISTRATORS =
      "('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin', 'neon_superuser')";

  private final Set<String> available = new HashSet<>();
  private final Set<String> creatable = new HashSet<>();

  private ExtensionRights() {}

  /**
   * Reads them from the server of a connection, for the role of the connection.
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
    List<Map.Entry<String, Boolean>> extensions =
        Queries.rows(
            connection,
            query,
            "listing extensions",
            row -> Map.entry(row.getString(1), row.getBoolean(2)));
    for (Map.Entry<String, Boolean> extension : extensions) {
      rights.available.add(extension.getKey());
      if (extension.getValue()) {
        rights.creatable.add(extension.getKey());
      }
    }
    return rights;
  }

  /** The needed extensions that the server does not have, sorted by name. */
  public List<String> missing(Collection<String> needed) {
    return needed.stream().filter(name -> !available.contains(name)).sorted().toList();
  }

  /** The needed extensions that the server has but the role may not create, sorted by name. */
  public List<String> forbidden(Collection<String> needed) {
    return needed.stream()
        .filter(name -> available.contains(name) && !creatable.contains(name))
        .sorted()
        .toList();
  }
}
