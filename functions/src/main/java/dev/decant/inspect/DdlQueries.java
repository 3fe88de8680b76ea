package dev.decant.inspect;

import dev.decant.postgres.Quoting;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries that read definitions from the catalog of PostgreSQL 13 to 18. Each of them returns a
 * form of a name, in which {@code %} stands for an identifier, the identifiers, and the text of the
 * definition, which may be NULL. The forms are those of {@link dev.decant.dump.ObjectName}. Objects
 * of system schemas and of extensions are left out, as pg_dump leaves them out.
 *
 * <p>{@code pg_get_expr} locks the table that it gets. A default that is no generated column reads
 * no column, so it needs no table, and a table that is locked does not hide it.
 */
final class DdlQueries {
  private static final String TABLES =
      """
      SELECT '%.%', ARRAY[n.nspname, c.relname]::text[], 'CREATE TABLE ('
        || (SELECT string_agg(format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
              || coalesce(' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin,
                CASE a.attgenerated WHEN '' THEN 0 ELSE d.adrelid END), ''), ', ')
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
              AND (a.attislocal OR c.relispartition)
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
        || ') ' || coalesce(array_to_string(c.reloptions, ', '), '')
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f') AND \
      """
          + ours("pg_catalog.pg_class", "c");

  private static final String BOUNDS =
      """
      SELECT '%.%', ARRAY[n.nspname, c.relname]::text[], pg_catalog.pg_get_expr(p.relpartbound, 0)
      FROM pg_catalog.pg_class p JOIN pg_catalog.pg_inherits i ON i.inhrelid = p.oid AND p.relispartition
      """
          + ofTable("i.inhparent");

  /** Defaults that pg_dump may write as statements of their own. */
  private static final String DEFAULTS =
      """
      SELECT 'DEFAULT %.%.%', ARRAY[n.nspname, c.relname, a.attname]::text[],
        CASE WHEN c.relkind = 'v' OR NOT (a.attislocal OR c.relispartition) THEN
          format('ALTER COLUMN %I SET DEFAULT ', a.attname) || pg_catalog.pg_get_expr(d.adbin,
            CASE a.attgenerated WHEN '' THEN 0 ELSE d.adrelid END)
        END
      FROM pg_catalog.pg_attrdef d
      JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      """
          + ofTable("d.adrelid");

  /** A validated CHECK is a part of CREATE TABLE, unless the table inherits it. */
  private static final String CONSTRAINTS =
      """
      SELECT CASE WHEN k.contype = 'c' AND k.convalidated THEN '%.%' ELSE 'CONSTRAINT % ON %.%' END,
        CASE WHEN k.contype = 'c' AND k.convalidated THEN ARRAY[]::text[] ELSE ARRAY[k.conname]::text[] END
          || ARRAY[n.nspname, c.relname]::text[],
        pg_catalog.pg_get_constraintdef(k.oid)
      FROM pg_catalog.pg_constraint k
      """
          + ofTable("k.conrelid")
          + " AND k.contype IN ('c', 'p', 'u', 'x', 'f') AND (k.conislocal OR k.contype <> 'c')";

  private static final String DOMAINS =
      """
      SELECT 'DOMAIN %.%', ARRAY[n.nspname, t.typname]::text[], concat_ws(' ', 'DEFAULT ' || \
      pg_catalog.pg_get_expr(t.typdefaultbin, 0), (SELECT string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ')
          FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.convalidated))
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'd' AND \
      """
          + ours("pg_catalog.pg_type", "t")
          + """

          UNION ALL
          SELECT 'CONSTRAINT % ON DOMAIN %.%', ARRAY[k.conname, n.nspname, t.typname]::text[],
            pg_catalog.pg_get_constraintdef(k.oid)
          FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_type t ON t.oid = k.contypid
          JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
          WHERE NOT k.convalidated AND \
          """
          + ours("pg_catalog.pg_type", "t");

  private static final String TYPES =
      """
      SELECT 'TYPE %.%', ARRAY[n.nspname, t.typname]::text[],
        (SELECT string_agg(pg_catalog.quote_literal(l.enumlabel), ', ')
         FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype IN ('e', 'c', 'r') AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_catalog.pg_class c
        WHERE c.oid = t.typrelid AND c.relkind = 'c')) AND \
      """
          + ours("pg_catalog.pg_type", "t");

  private static final String VIEWS =
      """
      SELECT CASE c.relkind WHEN 'v' THEN 'VIEW %.%' ELSE 'MATERIALIZED VIEW %.%' END,
        ARRAY[n.nspname, c.relname]::text[], pg_catalog.pg_get_viewdef(c.oid)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND \
      """
          + ours("pg_catalog.pg_class", "c");

  private static final String ROUTINES =
      """
      SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE %.%' WHEN 'a' THEN 'AGGREGATE %.%'
          ELSE 'FUNCTION %.%' END, ARRAY[n.nspname, p.proname]::text[],
        CASE p.prokind WHEN 'a' THEN (SELECT concat_ws(' ', pg_catalog.quote_literal(g.agginitval),
            pg_catalog.quote_literal(g.aggminitval)) FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid)
          ELSE pg_catalog.pg_get_functiondef(p.oid) END
      FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      WHERE \
      """
          + ours("pg_catalog.pg_proc", "p");

  /** A trigger of a partition that comes from its parent is not in a dump. */
  private static final String TRIGGERS =
      """
      SELECT 'TRIGGER % ON %.%', ARRAY[t.tgname, n.nspname, c.relname]::text[], pg_catalog.pg_get_triggerdef(t.oid)
      FROM pg_catalog.pg_trigger t
      """
          + ofTable("t.tgrelid")
          + " AND NOT t.tgisinternal AND t.tgparentid = 0";

  private static final String RULES =
      """
      SELECT 'RULE % ON %.%', ARRAY[r.rulename, n.nspname, c.relname]::text[], pg_catalog.pg_get_ruledef(r.oid)
      FROM pg_catalog.pg_rewrite r
      """
          + ofTable("r.ev_class")
          + " AND r.rulename <> '_RETURN'";

  private static final String POLICIES =
      """
      SELECT 'POLICY % ON %.%', ARRAY[p.polname, n.nspname, c.relname]::text[],
        concat_ws(' ', pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
      FROM pg_catalog.pg_policy p
      """
          + ofTable("p.polrelid");

  private static final String INDEXES =
      """
      SELECT 'INDEX % ON %.%', ARRAY[x.relname, n.nspname, c.relname]::text[], pg_catalog.pg_get_indexdef(x.oid)
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
      """
          + ofTable("i.indrelid")
          + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.oid AND"
          + " k.contype IN ('p', 'u', 'x'))";

  /** The options of servers and wrappers are never published, so their texts are not read. */
  private static final String SERVERS =
      """
      SELECT 'SERVER %', ARRAY[s.srvname]::text[], NULL FROM pg_catalog.pg_foreign_server s
      UNION ALL SELECT 'FOREIGN DATA WRAPPER %', ARRAY[w.fdwname]::text[], NULL FROM pg_catalog.pg_foreign_data_wrapper w
      UNION ALL SELECT 'SCHEMA %', ARRAY[n.nspname]::text[], NULL FROM pg_catalog.pg_namespace n
      """;

  /** The objects of which options or everything is never published. Their texts are not read. */
  static final String UNPUBLISHED =
      """
      SELECT 'SERVER %', ARRAY[s.srvname]::text[], 'its options'
      FROM pg_catalog.pg_foreign_server s WHERE s.srvoptions IS NOT NULL
      UNION ALL SELECT 'FOREIGN DATA WRAPPER %', ARRAY[w.fdwname]::text[], 'its options'
      FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.fdwoptions IS NOT NULL
      UNION ALL SELECT '%.%', ARRAY[n.nspname, c.relname]::text[], 'its options'
      FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE t.ftoptions IS NOT NULL
      UNION ALL SELECT 'USER MAPPING FOR % SERVER %', ARRAY[m.usename, m.srvname]::text[], 'the whole object'
      FROM pg_catalog.pg_user_mappings m
      """;

  static final List<String> DEFINITIONS =
      List.of(
          TABLES,
          BOUNDS,
          DEFAULTS,
          CONSTRAINTS,
          DOMAINS,
          TYPES,
          VIEWS,
          ROUTINES,
          TRIGGERS,
          RULES,
          POLICIES,
          INDEXES,
          SERVERS);

  private DdlQueries() {}

  /** A query for the names alone. The server evaluates no definition for it. */
  static String names(String query) {
    return "SELECT q.form, q.names, NULL FROM (" + query + ") AS q(form, names, text)";
  }

  /** A query for a single object. */
  static String one(String query, String form, List<String> names) {
    String quoted = names.stream().map(Quoting::literal).collect(Collectors.joining(", "));
    return "SELECT q.* FROM ("
        + query
        + ") AS q(form, names, text) WHERE q.form = "
        + Quoting.literal(form)
        + " AND q.names = ARRAY["
        + quoted
        + "]::text[]";
  }

  /** The condition for objects of the schema {@code n} that belong to no extension. */
  private static String ours(String catalog, String alias) {
    return "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM"
        + " pg_catalog.pg_depend e WHERE e.deptype = 'e' AND e.classid = '"
        + catalog
        + "'::regclass AND e.objid = "
        + alias
        + ".oid)";
  }

  /** Joins the table {@code c} and its schema {@code n}, and begins the conditions. */
  private static String ofTable(String oid) {
    return "JOIN pg_catalog.pg_class c ON c.oid = "
        + oid
        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE "
        + ours("pg_catalog.pg_class", "c");
  }
}
