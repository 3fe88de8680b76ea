package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.ExtensionRights;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks whether the server has the extensions of a snapshot and whether the role may create them.
 */
final class ExtensionCheck {
  private static final String TEMPLATE = "template1";

  private final PullServer server;

  ExtensionCheck(PullServer server) {
    this.server = server;
  }

  /**
   * Returns how to create the database so that it can have the extensions.
   *
   * @throws DecantException {@link ErrorCode#EXTENSION_MISSING} with the packages to install and
   *     the commands to run; nothing was created
   */
  DatabaseCreation require(SnapshotSchema schema) {
    Map<String, String> extensions = schema.extensions();
    ExtensionRights rights = rights();
    List<String> missing = rights.missing(extensions.keySet());
    List<String> forbidden = rights.forbidden(extensions.keySet());
    if (missing.isEmpty() && forbidden.isEmpty()) {
      return DatabaseCreation.of(server, schema.encoding(), false);
    }
    Map<String, String> there = forbidden.isEmpty() ? Map.of() : ofTemplate();
    Set<String> elsewhere = new TreeSet<>(extensions.keySet());
    elsewhere.removeIf(
        e -> !there.containsKey(e) || Objects.equals(there.get(e), extensions.get(e)));
    if (missing.isEmpty()
        && elsewhere.isEmpty()
        && there.keySet().containsAll(forbidden)
        && templateIsClean()) {
      return DatabaseCreation.of(server, schema.encoding(), true);
    }
    List<String> lines = new ArrayList<>();
    missing.forEach(each -> lines.add(install(each)));
    Set<String> commands = new TreeSet<>(forbidden);
    commands.addAll(elsewhere);
    for (String each : commands) {
      String in = Objects.requireNonNull(extensions.get(each));
      String why =
          elsewhere.contains(each)
              ? " is in the schema %s of %s, but the snapshot has it in %s"
                  .formatted(there.get(each), TEMPLATE, in)
              : " can be created only by a superuser";
      lines.add("  " + each + why + ". As an administrator, run once:");
      lines.add(command(each, in, elsewhere.contains(each)));
    }
    throw failure(lines, !commands.isEmpty());
  }

  private String install(String extension) {
    return "  "
        + extension
        + " is not available on "
        + server.host()
        + " (PostgreSQL "
        + server.versionName()
        + "). Install the package that contains it.";
  }

  /**
   * The command that creates an extension in template1, in the schema that the snapshot has it in.
   */
  private String command(String extension, String schema, boolean drop) {
    String name = Quoting.identifier(extension);
    String sql = drop ? "DROP EXTENSION " + name + "; " : "";
    if (!schema.equals("public") && !schema.startsWith("pg_")) {
      sql +=
          "CREATE SCHEMA IF NOT EXISTS "
              + Quoting.identifier(schema)
              + " AUTHORIZATION "
              + ownerOfCopies()
              + "; ";
    }
    sql += "CREATE EXTENSION " + name;
    if (!schema.equals("public")) {
      sql += " WITH SCHEMA " + Quoting.identifier(schema);
    }
    return "    psql -d " + TEMPLATE + " -c '" + sql.replace("'", "'\\''") + "'";
  }

  /** The owner that a schema in template1 must have so that the developer owns it in a copy. */
  private String ownerOfCopies() {
    return server.major() >= 14 ? "pg_database_owner" : Quoting.identifier(server.address().user());
  }

  private ExtensionRights rights() {
    try (Connection connection = server.connectToExtend()) {
      return ExtensionRights.of(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "listing extensions");
    }
  }

  /**
   * The schemas of the extensions in template1, by the names of the extensions; empty if this role
   * may not connect to it.
   */
  private Map<String, String> ofTemplate() {
    Map<String, String> schemas = new HashMap<>();
    try (Connection connection = server.address().connect(TEMPLATE)) {
      Queries.rows(
              connection,
              """
              SELECT e.extname, n.nspname FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
              """,
              "listing the extensions of " + TEMPLATE,
              row -> Map.entry(row.getString(1), row.getString(2)))
          .forEach(e -> schemas.put(e.getKey(), e.getValue()));
    } catch (DecantException | SQLException e) {
      schemas.clear();
    }
    return schemas;
  }

  /** Returns whether template1 contains only extensions. */
  private boolean templateIsClean() {
    try (Connection connection = server.address().connect(TEMPLATE)) {
      return Queries.rows(
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
    } catch (DecantException | SQLException e) {
      return false;
    }
  }

  private DecantException failure(List<String> lines, boolean anyCommand) {
    String then =
        anyCommand
            ? "\n  New databases then contain the extension, and you can pull as "
                + server.address().user()
                + "."
            : "";
    return new DecantException(
        ErrorCode.EXTENSION_MISSING,
        "The snapshot needs extensions that "
            + server.address().user()
            + " cannot use on this server. Nothing was created. For each of them, do as follows:\n"
            + String.join("\n", lines)
            + then);
  }
}
