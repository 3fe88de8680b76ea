package dev.decant.verify;

import dev.decant.postgres.Queries;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A fingerprint of everything in a database that a dump holds as SQL and not as rows. It leaves out
 * temporary objects and everything that a restore does not take from the dump: statistics, file
 * nodes, and the owners and privileges of tables.
 */
final class DefinitionFingerprint {
  /** A condition on pg_namespace n, which selects the schemas whose objects a dump holds. */
  static final String USER_SCHEMA =
      " n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)' ";

  private static final String QUERY =
      """
      SELECT pg_catalog.md5(coalesce(pg_catalog.string_agg(d, ',' ORDER BY d), '')) FROM (
      SELECT pg_catalog.concat_ws(':', n.nspname, c.relname, c.relkind, c.relpersistence,
          c.relrowsecurity, c.relforcerowsecurity, a.attnum, a.attname, a.atttypid, a.atttypmod,
          a.attnotnull, a.attidentity, a.attgenerated, a.attisdropped) d
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_attrdef t
        JOIN pg_catalog.pg_class c ON c.oid = t.adrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_index t
        JOIN pg_catalog.pg_class c ON c.oid = t.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_trigger t
        JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_rewrite t
        JOIN pg_catalog.pg_class c ON c.oid = t.ev_class
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_policy t
        JOIN pg_catalog.pg_class c ON c.oid = t.polrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_constraint t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.connamespace WHERE @
      UNION ALL SELECT pg_catalog.md5(t::text) FROM pg_catalog.pg_proc t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.pronamespace WHERE @
      UNION ALL SELECT pg_catalog.concat_ws(':', e.enumtypid, e.enumlabel, e.enumsortorder)
        FROM pg_catalog.pg_enum e
      UNION ALL SELECT 'large object ' || l.oid FROM pg_catalog.pg_largeobject_metadata l) q
      """
          .replace("@", USER_SCHEMA);

  private DefinitionFingerprint() {}

  /** The fingerprint of the current state, as the transaction sees it. */
  static String fingerprint(Statement statement) throws SQLException {
    return Queries.text(statement, QUERY);
  }
}
