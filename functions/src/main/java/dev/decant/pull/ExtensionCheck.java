package dev.decant.pull;

import dev.decant.database.DatabaseErrors;
import dev.decant.database.ExtensionRights;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the server has the extensions of a snapshot, and the role may create them. */
final class ExtensionCheck {
  private static final String TEMPLATE = "template1";

  private final TargetServer server;

  ExtensionCheck(TargetServer server) {
    this.server = server;
  }

  /**
   * How to make the database so that it can have them.
   *
   * @throws DecantException {@link ErrorCode#EXTENSION_MISSING} with what to install and what to
   *     run; nothing was created
   */
  NewDatabase require(Set<String> extensions) {
    ExtensionRights rights = rights();
    List<String> missing = rights.missing(extensions);
    List<String> forbidden = rights.forbidden(extensions);
    if (missing.isEmpty() && forbidden.isEmpty()) {
      return NewDatabase.of(server, false);
    }
    if (missing.isEmpty() && templateHas(forbidden)) {
      return NewDatabase.of(server, true);
    }
    throw failure(missing, forbidden);
  }

  private ExtensionRights rights() {
    try (Connection connection = server.connect()) {
      return ExtensionRights.of(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing extensions");
    }
  }

  /** Whether template1 has these, and nothing that is somebody's own. */
  private boolean templateHas(List<String> extensions) {
    try (Connection connection = server.address().connect(TEMPLATE)) {
      Set<String> there =
          new HashSet<>(
              TargetServer.query(
                  connection,
                  "SELECT extname FROM pg_catalog.pg_extension",
                  "listing the extensions of " + TEMPLATE,
                  row -> row.getString(1)));
      boolean clean =
          TargetServer.query(
                  connection,
                  """
                  SELECT pg_encoding_to_char(d.encoding) = 'UTF8' AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_class c
                    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend p
                        WHERE p.objid = c.oid AND p.deptype IN ('e', 'i', 'a')))
                  FROM pg_catalog.pg_database d WHERE d.datname = current_database()
                  """,
                  "looking into " + TEMPLATE,
                  row -> row.getBoolean(1))
              .getFirst();
      return clean && there.containsAll(extensions);
    } catch (DecantException | SQLException e) {
      return false;
    }
  }

  private DecantException failure(List<String> missing, List<String> forbidden) {
    List<String> lines = new ArrayList<>();
    for (String each : missing) {
      lines.add(
          "  "
              + each
              + " is not installed on "
              + server.host()
              + " (PostgreSQL "
              + server.versionName()
              + "): install the package that has it");
    }
    for (String each : forbidden) {
      lines.add("  " + each + " may be created by a superuser only. As an administrator run once:");
      lines.add(
          "    psql -d "
              + TEMPLATE
              + " -c 'CREATE EXTENSION "
              + TableName.alwaysQuoted(each)
              + "'");
    }
    if (!forbidden.isEmpty()) {
      lines.add(
          "  New databases then have it, and pulls go on as " + server.address().user() + ".");
    }
    return new DecantException(
        ErrorCode.EXTENSION_MISSING,
        "The snapshot needs extensions that "
            + server.address().user()
            + " cannot have; nothing was created:\n"
            + String.join("\n", lines));
  }
}
