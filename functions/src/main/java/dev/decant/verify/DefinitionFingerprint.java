package dev.decant.verify;

import dev.decant.postgres.Queries;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fingerprint of everything in a database that is neither a row nor the value of a sequence: the
 * objects with their comments, privileges and settings. It leaves out temporary objects, statistics
 * and what the server changes by itself, such as file nodes. The catalogs are those of PostgreSQL
 * 13.
 */
final class DefinitionFingerprint {
  /** A condition on pg_namespace n, which selects the schemas whose objects a dump holds. */
  static final String USER_SCHEMA =
      " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)' ";

  /** The server changes these fields of pg_class, and TRUNCATE and ANALYZE do. */
  private static final String CLASS =
      """
      SELECT pg_catalog.md5((pg_catalog.to_jsonb(t) - '{relfilenode,relpages,reltuples,relallvisible,
          relallfrozen,relfrozenxid,relminmxid,relhasindex,relhasrules,relhastriggers,reltoastrelid,
          relispopulated,relhassubclass}'::text[])::text) d FROM pg_catalog.pg_class t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE\
      """
          + USER_SCHEMA;

  private static final String DATABASE =
      """
      SELECT pg_catalog.concat_ws(':', datdba, datacl, datconnlimit, dattablespace)
        FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
      """;

  /** A condition on a comment or label t: its object is none of this session's temporary ones. */
  private static final String NOT_TEMPORARY =
      Stream.of(
              "pg_class.relnamespace",
              "pg_constraint.connamespace",
              "pg_type.typnamespace",
              "pg_proc.pronamespace")
          .map(column -> column.split("\\.", 2))
          .map(
              column ->
                  "SELECT 'pg_catalog.%1$s'::regclass::oid, oid FROM pg_catalog.%1$s WHERE %2$s ="
                          .formatted(column[0], column[1])
                      + " pg_catalog.pg_my_temp_schema()")
          .collect(Collectors.joining(" UNION ALL ", "(t.classoid, t.objoid) NOT IN (", ")"));

  private static final String TEMPORARY_TYPES =
      "SELECT oid FROM pg_catalog.pg_type WHERE typnamespace = pg_catalog.pg_my_temp_schema()";

  private static final String QUERY =
      Stream.of(
              Stream.of(CLASS, DATABASE),
              Stream.of(
                      "pg_attribute.attrelid",
                      "pg_attrdef.adrelid",
                      "pg_index.indrelid",
                      "pg_trigger.tgrelid",
                      "pg_rewrite.ev_class",
                      "pg_policy.polrelid",
                      "pg_sequence.seqrelid",
                      "pg_inherits.inhrelid",
                      "pg_partitioned_table.partrelid",
                      "pg_foreign_table.ftrelid")
                  .map(DefinitionFingerprint::ofRelations),
              Stream.of(
                      "pg_constraint.connamespace",
                      "pg_proc.pronamespace",
                      "pg_type.typnamespace",
                      "pg_collation.collnamespace",
                      "pg_conversion.connamespace",
                      "pg_operator.oprnamespace",
                      "pg_opclass.opcnamespace",
                      "pg_opfamily.opfnamespace",
                      "pg_statistic_ext.stxnamespace",
                      "pg_ts_config.cfgnamespace",
                      "pg_ts_dict.dictnamespace",
                      "pg_ts_parser.prsnamespace",
                      "pg_ts_template.tmplnamespace",
                      "pg_namespace.oid")
                  .map(DefinitionFingerprint::ofSchemas),
              Stream.of(
                  in("pg_enum.enumtypid", members("pg_type", "typnamespace")),
                  in("pg_range.rngtypid", members("pg_type", "typnamespace")),
                  in("pg_aggregate.aggfnoid", members("pg_proc", "pronamespace")),
                  all("pg_cast", "t.castsource NOT IN (" + TEMPORARY_TYPES + ")")),
              Stream.of(
                      "pg_am",
                      "pg_amop",
                      "pg_amproc",
                      "pg_default_acl",
                      "pg_event_trigger",
                      "pg_extension",
                      "pg_foreign_data_wrapper",
                      "pg_foreign_server",
                      "pg_language",
                      "pg_largeobject_metadata",
                      "pg_publication",
                      "pg_publication_rel",
                      "pg_transform",
                      "pg_ts_config_map",
                      "pg_user_mappings")
                  .map(catalog -> all(catalog, "true")),
              Stream.of(
                  all("pg_db_role_setting", "t.setdatabase IN (0, (" + databaseId() + "))"),
                  all("pg_shdescription", "t.objoid = (" + databaseId() + ")"),
                  all("pg_description", NOT_TEMPORARY),
                  all("pg_seclabel", NOT_TEMPORARY),
                  all("pg_depend", "t.deptype = 'a' AND t.objid IN (" + sequences() + ")")))
          .flatMap(queries -> queries)
          .collect(
              Collectors.joining(
                  " UNION ALL ",
                  "SELECT pg_catalog.md5(pg_catalog.string_agg(d, ',' ORDER BY d COLLATE \"C\"))"
                      + " FROM (",
                  ") q"));

  private DefinitionFingerprint() {}

  /** The fingerprint of the current state, as the transaction sees it. */
  static String fingerprint(Statement statement) throws SQLException {
    return Queries.text(statement, QUERY);
  }

  /**
   * The rows of a catalog that belong to relations.
   *
   * @param column {@code catalog.column}, where the column holds the OID of a relation
   */
  private static String ofRelations(String column) {
    return in(
        column,
        "SELECT c.oid FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE"
            + USER_SCHEMA);
  }

  /**
   * The rows of a catalog that belong to schemas.
   *
   * @param column {@code catalog.column}, where the column holds the OID of a schema
   */
  private static String ofSchemas(String column) {
    return in(column, "SELECT n.oid FROM pg_catalog.pg_namespace n WHERE" + USER_SCHEMA);
  }

  private static String in(String column, String query) {
    int dot = column.indexOf('.');
    return all(column.substring(0, dot), "t" + column.substring(dot) + " IN (" + query + ")");
  }

  private static String all(String catalog, String condition) {
    return "SELECT pg_catalog.md5('"
        + catalog
        + "' || t::text) FROM pg_catalog."
        + catalog
        + " t WHERE "
        + condition;
  }

  private static String databaseId() {
    return "SELECT d.oid FROM pg_catalog.pg_database d"
        + " WHERE d.datname = pg_catalog.current_database()";
  }

  /** The OIDs of the objects of a catalog that are in the schemas whose objects a dump holds. */
  private static String members(String catalog, String namespace) {
    return "SELECT m.oid FROM pg_catalog."
        + catalog
        + " m JOIN pg_catalog.pg_namespace n ON n.oid = m."
        + namespace
        + " WHERE"
        + USER_SCHEMA;
  }

  private static String sequences() {
    return "SELECT c.oid FROM pg_catalog.pg_class c"
        + " WHERE c.relkind = 'S' AND c.relpersistence <> 't'";
  }
}
