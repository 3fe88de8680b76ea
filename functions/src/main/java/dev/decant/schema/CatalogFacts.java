package dev.decant.schema;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads {@link ColumnFacts} from the catalog with two queries. */
final class CatalogFacts {
  private final Map<TableName, Map<String, ColumnFacts>> facts = new HashMap<>();

  private CatalogFacts() {}

  /** The facts by table and column. A column that is missing has {@link ColumnFacts#NONE}. */
  static Map<TableName, Map<String, ColumnFacts>> read(CatalogQueries queries) throws SQLException {
    CatalogFacts all = new CatalogFacts();
    all.readServerMade(queries);
    all.readChecks(queries);
    return all.facts;
  }

  private void put(TableName table, String column, UnaryOperator<ColumnFacts> change) {
    facts
        .computeIfAbsent(table, t -> new HashMap<>())
        .merge(column, change.apply(ColumnFacts.NONE), (known, _) -> change.apply(known));
  }

  private void readServerMade(CatalogQueries queries) throws SQLException {
    queries.each(
        """
        WITH made AS (
          SELECT attrelid, attnum FROM pg_catalog.pg_attribute WHERE attidentity <> ''
          UNION
          SELECT d.adrelid, d.adnum FROM pg_catalog.pg_attrdef d
          JOIN pg_catalog.pg_depend p ON p.classid = 'pg_catalog.pg_attrdef'::regclass
            AND p.objid = d.oid AND p.refclassid = 'pg_catalog.pg_class'::regclass
          JOIN pg_catalog.pg_class s ON s.oid = p.refobjid AND s.relkind = 'S'
          UNION
          SELECT d.adrelid, d.adnum FROM pg_catalog.pg_attrdef d
          JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
          JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            AND (t.oid = 'pg_catalog.uuid'::regtype OR t.typtype = 'd')
          WHERE CASE a.attgenerated WHEN '' THEN pg_catalog.pg_get_expr(d.adbin, 0) END
            ~ '^([a-z_]+\\.)?(gen_random_uuid|uuid_generate_v(1|1mc|4)|uuidv4|uuidv7)\\(\\)$')
        SELECT n.nspname::text, c.relname::text, a.attname::text
        FROM made m
        JOIN pg_catalog.pg_attribute a ON a.attrelid = m.attrelid AND a.attnum = m.attnum
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'\
        """,
        row ->
            put(
                new TableName(row.getString(1), row.getString(2)),
                row.getString(3),
                ColumnFacts::withServerMade));
  }

  /** Reads each CHECK of a table or of the domain of a column. */
  private void readChecks(CatalogQueries queries) throws SQLException {
    queries.each(
        """
        WITH RECURSIVE domain (type, base) AS (
          SELECT oid, oid FROM pg_catalog.pg_type WHERE typtype = 'd'
          UNION ALL
          SELECT d.type, t.typbasetype FROM domain d
          JOIN pg_catalog.pg_type t ON t.oid = d.base AND t.typtype = 'd'),
        checked AS (
          SELECT k.oid, k.conname, k.conrelid, k.conkey, a.attrelid, a.attnum
          FROM pg_catalog.pg_constraint k
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
          WHERE k.contype = 'c' AND k.conrelid <> 0
          UNION ALL
          SELECT k.oid, k.conname, k.conrelid, k.conkey, a.attrelid, a.attnum
          FROM pg_catalog.pg_constraint k
          JOIN domain d ON d.base = k.contypid
          JOIN pg_catalog.pg_attribute a ON a.atttypid = d.type
          WHERE k.contype = 'c' AND k.contypid <> 0)
        SELECT n.nspname::text, c.relname::text, a.attname::text,
          pg_catalog.pg_get_constraintdef(k.oid),
          ARRAY(SELECT o.attname::text FROM pg_catalog.pg_attribute o
            WHERE o.attrelid = k.conrelid AND o.attnum = ANY (k.conkey)),
          k.conname::text
        FROM checked k
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.attrelid AND a.attnum = k.attnum
          AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'
        ORDER BY k.conname\
        """,
        row -> {
          String definition = row.getString(4);
          String[] columns = (String[]) row.getArray(5).getArray();
          ColumnFacts.Check check =
              new ColumnFacts.Check(row.getString(6), definition, List.of(columns));
          put(
              new TableName(row.getString(1), row.getString(2)),
              row.getString(3),
              known -> known.withCheck(check));
        });
  }
}
