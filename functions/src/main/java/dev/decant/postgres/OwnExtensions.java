package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates extensions on a server of decant's own, for databases whose owner is a plain role. Only a
 * superuser can create many of the extensions, and some extensions reach files, programs or other
 * servers. Therefore the superuser creates them before any SQL of a dump runs in the database, and
 * the plain role may use only the extensions that are known to be harmless:
 *
 * <ul>
 *   <li>The role may use the extensions that PostgreSQL marks as trusted, and those in {@link
 *       #HARMLESS}.
 *   <li>The role cannot call the functions of other extensions, and their foreign-data wrappers
 *       lose their handlers. Objects that name them can still be created. For example, a foreign
 *       table exists but cannot be read.
 * </ul>
 */
public final class OwnExtensions {
  private static final Logger LOG = LoggerFactory.getLogger(OwnExtensions.class);

  /**
   * Extensions that are not marked as trusted but give roles without superuser rights no access to
   * files, programs and other servers.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "address_standardizer",
          "address_standardizer_data_us",
          "autoinc",
          "bloom",
          "dict_xsyn",
          "earthdistance",
          "fuzzystrmatch",
          "hll",
          "hypopg",
          "insert_username",
          "intagg",
          "ip4r",
          "moddatetime",
          "pg_bigm",
          "pg_hashids",
          "pg_partman",
          "pg_stat_statements",
          "pg_uuidv7",
          "pgrouting",
          "pgtap",
          "postgis",
          "postgis_sfcgal",
          "postgis_tiger_geocoder",
          "postgis_topology",
          "prefix",
          "refint",
          "rum",
          "semver",
          "sslinfo",
          "temporal_tables",
          "vector",
          "xml2");

  private OwnExtensions() {}

  /**
   * Creates extensions and the schemas that contain them.
   *
   * @param superuser a connection to the database, in which no SQL of a dump has run yet
   * @param extensions the schema of each extension, by the extension's name, in the order of
   *     creation
   * @param role the plain role that owns the database
   * @throws dev.decant.error.DecantException {@link ErrorCode#DATABASE_FAILED}
   */
  public static void create(Connection superuser, Map<String, String> extensions, String role) {
    try (Statement statement = superuser.createStatement()) {
      statement.setEscapeProcessing(false);
      for (Map.Entry<String, String> each : extensions.entrySet()) {
        create(statement, each.getKey(), each.getValue(), role);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating extensions");
    }
  }

  /**
   * Creates those of the extensions that the server has, for a database that can do without them.
   * If one of them fails, for example because its library must be preloaded, it is left out.
   *
   * @see #create(Connection, Map, String)
   */
  public static void createAvailable(
      Connection superuser, Map<String, String> extensions, String role) {
    List<String> missing = ExtensionRights.of(superuser).missing(extensions.keySet());
    try (Statement statement = superuser.createStatement()) {
      statement.setEscapeProcessing(false);
      for (Map.Entry<String, String> each : extensions.entrySet()) {
        if (!missing.contains(each.getKey())) {
          createIfPossible(statement, each.getKey(), each.getValue(), role);
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating extensions");
    }
  }

  /** If it fails, nothing of the extension is left that the role could use. */
  private static void createIfPossible(Statement statement, String name, String schema, String role)
      throws SQLException {
    statement.execute("BEGIN");
    try {
      create(statement, name, schema, role);
      statement.execute("COMMIT");
    } catch (DecantException e) {
      if (e.code() != ErrorCode.DATABASE_FAILED) {
        throw e;
      }
      statement.execute("ROLLBACK");
      LOG.info("The extension {} is left out: {}", name, e.getMessage());
    }
  }

  private static void create(Statement statement, String name, String schema, String role) {
    String sql =
        "CREATE EXTENSION IF NOT EXISTS "
            + Quoting.identifier(name)
            + " WITH SCHEMA "
            + Quoting.identifier(schema);
    try {
      if (!schema.equals("public") && !schema.startsWith("pg_")) {
        statement.execute(
            "CREATE SCHEMA IF NOT EXISTS "
                + Quoting.identifier(schema)
                + " AUTHORIZATION "
                + Quoting.identifier(role));
      }
      statement.execute(sql);
      if (!HARMLESS.contains(name) && !trusted(statement, name)) {
        statement.execute(closing(name, role));
      }
      statement.execute(granting(name, role));
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating the extension " + name, sql);
    }
  }

  /** Revokes the functions of an extension from everybody, and removes its wrappers' handlers. */
  private static String closing(String name, String role) {
    return """
    DO $decant$
    DECLARE each record;
    BEGIN
      FOR each IN
        SELECT p.oid::regprocedure::text AS routine FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_proc p ON p.oid = d.objid
        JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.deptype = 'e'
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND e.extname = %1$s
      LOOP
        EXECUTE 'REVOKE EXECUTE ON ROUTINE ' || each.routine || ' FROM PUBLIC';
      END LOOP;
      FOR each IN
        SELECT w.fdwname FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = d.objid
        JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass AND d.deptype = 'e'
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND e.extname = %1$s
      LOOP
        EXECUTE format('ALTER FOREIGN DATA WRAPPER %%I NO HANDLER NO VALIDATOR', each.fdwname);
        EXECUTE format('GRANT USAGE ON FOREIGN DATA WRAPPER %%I TO %%I', each.fdwname, %2$s);
      END LOOP;
    END $decant$\
    """
        .formatted(Quoting.literal(name), Quoting.literal(role));
  }

  /**
   * Grants the role the tables of an extension: all rights on tables whose rows are part of dumps,
   * and SELECT on the others.
   */
  private static String granting(String name, String role) {
    return """
    DO $decant$
    DECLARE each record;
    BEGIN
      FOR each IN
        SELECT c.oid::regclass::text AS name,
          CASE WHEN c.oid = ANY (e.extconfig) THEN 'ALL' ELSE 'SELECT' END AS what
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'p', 'S')
        JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e'
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND e.extname = %1$s
      LOOP
        EXECUTE format('GRANT %%s ON TABLE %%s TO %%I', each.what, each.name, %2$s);
      END LOOP;
    END $decant$\
    """
        .formatted(Quoting.literal(name), Quoting.literal(role));
  }

  private static boolean trusted(Statement statement, String name) throws SQLException {
    return Queries.text(
            statement,
            "SELECT coalesce(bool_and(trusted), false)"
                + " FROM pg_catalog.pg_available_extension_versions WHERE installed AND name = "
                + Quoting.literal(name))
        .equals("t");
  }
}
