package dev.decant.load;

import dev.decant.schema.TableName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration tables of common extensions. pg_dump writes their rows but not their
 * definitions, which the extension contains.
 */
final class ExtensionTables {
  private static final String CRON = "pg_cron";
  private static final String POSTGIS = "postgis";
  private static final String PARTMAN = "pg_partman";
  private static final String TIMESCALE = "timescaledb";

  /** The types of columns, by table and column, where they are not the schema's own. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("job.jobid", "bigint"),
          Map.entry("job.schedule", "text"),
          Map.entry("job.command", "text"),
          Map.entry("job.nodename", "text"),
          Map.entry("job.nodeport", "integer"),
          Map.entry("job.database", "text"),
          Map.entry("job.username", "text"),
          Map.entry("job.active", "boolean"),
          Map.entry("job.jobname", "text"),
          Map.entry("spatial_ref_sys.srid", "integer"),
          Map.entry("spatial_ref_sys.auth_name", "character varying(256)"),
          Map.entry("spatial_ref_sys.auth_srid", "integer"),
          Map.entry("spatial_ref_sys.srtext", "character varying(2048)"),
          Map.entry("spatial_ref_sys.proj4text", "character varying(2048)"),
          Map.entry("hypertable.id", "integer"),
          Map.entry("chunk.id", "integer"),
          Map.entry("metadata.key", "name"),
          Map.entry("metadata.value", "text"),
          Map.entry("metadata.include_in_telemetry", "boolean"),
          Map.entry("bgw_job.id", "integer"),
          Map.entry("bgw_job.application_name", "name"),
          Map.entry("bgw_job.proc_schema", "name"),
          Map.entry("bgw_job.proc_name", "name"),
          Map.entry("bgw_job.scheduled", "boolean"),
          Map.entry("bgw_job.config", "jsonb"));

  private ExtensionTables() {}

  /** Whether an extension creates a schema, which the dump therefore does not create. */
  static boolean isSchema(String name) {
    return name.equals("cron") || name.startsWith("_timescaledb_");
  }

  /** The type of a column; null if it is not known. */
  static @Nullable String type(TableName table, String column) {
    return extension(table) == null ? null : TYPES.get(table.name() + '.' + column);
  }

  /** The extension that defines a table; null if it is not known. */
  static @Nullable String extension(TableName table) {
    return switch (table.schema()) {
      case "cron" -> CRON;
      case "_timescaledb_catalog", "_timescaledb_config", "_timescaledb_internal" -> TIMESCALE;
      default ->
          switch (table.name()) {
            case "spatial_ref_sys" -> POSTGIS;
            case "part_config", "part_config_sub" -> PARTMAN;
            default -> null;
          };
    };
  }
}
