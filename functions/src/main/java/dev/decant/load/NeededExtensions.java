package dev.decant.load;

import dev.decant.dump.CreatedExtension;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the extensions of a dump that nothing else in the dump needs. A restore can continue
 * without them.
 */
final class NeededExtensions {
  /** Extensions for monitoring and administration, which applications do not depend on. */
  private static final Set<String> FOR_OPERATORS =
      Set.of(
          "adminpack",
          "amcheck",
          "auto_explain",
          "aws_lambda",
          "aws_s3",
          "google_insights",
          "google_vacuum_mgmt",
          "hypopg",
          "index_advisor",
          "pageinspect",
          "pg_buffercache",
          "pg_cron",
          "pg_freespacemap",
          "pg_hint_plan",
          "pg_prewarm",
          "pg_proctab",
          "pg_qualstats",
          "pg_repack",
          "pg_stat_kcache",
          "pg_stat_monitor",
          "pg_stat_statements",
          "pg_tle",
          "pg_visibility",
          "pg_wait_sampling",
          "pg_walinspect",
          "pgaudit",
          "pglogical",
          "pgrowlocks",
          "pgstattuple",
          "rds_tools",
          "set_user",
          "sslinfo",
          "system_stats");

  /** The extensions that define well-known types. */
  private static final Map<String, String> OF_TYPES =
      Map.ofEntries(
          Map.entry("vector", "vector"),
          Map.entry("halfvec", "vector"),
          Map.entry("sparsevec", "vector"),
          Map.entry("bm25vector", "vchord_bm25"),
          Map.entry("geometry", "postgis"),
          Map.entry("geography", "postgis"),
          Map.entry("box2d", "postgis"),
          Map.entry("box3d", "postgis"),
          Map.entry("raster", "postgis_raster"),
          Map.entry("topogeometry", "postgis_topology"),
          Map.entry("hll", "hll"),
          Map.entry("ltree", "ltree"),
          Map.entry("lquery", "ltree"),
          Map.entry("ltxtquery", "ltree"),
          Map.entry("citext", "citext"),
          Map.entry("hstore", "hstore"),
          Map.entry("cube", "cube"),
          Map.entry("seg", "seg"),
          Map.entry("semver", "semver"),
          Map.entry("ulid", "pgx_ulid"));

  /** The extensions with members on which an object depends that belongs to no extension. */
  private static final String USED =
      """
      SELECT DISTINCT e.extname::text FROM pg_catalog.pg_extension e
      JOIN pg_catalog.pg_depend m ON m.refclassid = 'pg_catalog.pg_extension'::regclass
        AND m.refobjid = e.oid AND m.deptype = 'e'
      JOIN pg_catalog.pg_depend d ON d.refclassid = m.classid AND d.refobjid = m.objid
        AND d.deptype IN ('n', 'a')
      LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass
        AND r.oid = d.objid
      WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend o WHERE CASE WHEN r.oid IS NULL
        THEN o.classid = d.classid AND o.objid = d.objid AND o.deptype IN ('e', 'i')
        ELSE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = r.ev_class
          AND o.deptype = 'e' END)
      """;

  private NeededExtensions() {}

  /**
   * The statements whose extensions nothing needs.
   *
   * @param connection to the scratch database with the schema
   * @param extensions the extensions of the dump
   * @param standIns the stand-ins for types, {@code schema.name} without quotes
   * @param tables the tables of missing extensions whose rows are in the snapshot
   */
  static Set<Statement> unneeded(
      Connection connection,
      ScratchExtensions extensions,
      Collection<String> standIns,
      Collection<TableName> tables) {
    Set<String> used =
        new HashSet<>(Queries.texts(connection, USED, "finding the extensions in use"));
    Set<String> missing =
        extensions.missing().stream()
            .flatMap(s -> CreatedExtension.of(s).stream())
            .map(CreatedExtension::name)
            .collect(Collectors.toSet());
    for (String type : standIns) {
      String owner = OF_TYPES.get(plainName(type));
      for (Statement statement : extensions.missing()) {
        CreatedExtension.of(statement)
            .filter(
                e ->
                    (owner != null && missing.contains(owner))
                        ? e.name().equals(owner)
                        : mayOwn(e, type))
            .ifPresent(e -> used.add(e.name()));
      }
    }
    for (TableName table : tables) {
      String owner = ExtensionTables.extension(table);
      extensions.missing().stream()
          .flatMap(s -> CreatedExtension.of(s).stream())
          .map(CreatedExtension::name)
          .filter(name -> owner == null || owner.equals(name))
          .forEach(used::add);
    }
    Predicate<CreatedExtension> optional =
        e ->
            !used.contains(e.name())
                && (missing.contains(e.name()) || FOR_OPERATORS.contains(e.name()));
    return extensions.all().stream()
        .filter(s -> CreatedExtension.of(s).filter(optional).isPresent())
        .collect(Collectors.toSet());
  }

  /** Whether an extension that decant does not know may define a type, which is in its schema. */
  private static boolean mayOwn(CreatedExtension extension, String type) {
    return !FOR_OPERATORS.contains(extension.name())
        && !OF_TYPES.containsValue(extension.name())
        && type.startsWith(extension.schema() + '.');
  }

  /** {@code public.vector(384)} without its schema and its modifiers. */
  private static String plainName(String type) {
    return type.substring(type.indexOf('.') + 1).replaceFirst("\\(.*", "");
  }
}
