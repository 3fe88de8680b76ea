package dev.decant.load;

import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Sets sequences to the largest values of their columns, so that the next default is not a value
 * that a row already has. If a sequence is in the lower half of its range, values in the upper half
 * do not count, because a single large value would leave no room for further values.
 */
public final class LaggingSequences {
  private static final String DOING = "setting sequences to the largest values of their columns";

  /**
   * A query for statements that each set one sequence if its value is too low, and for the columns
   * whose default uses it. It finds sequences that belong to a column or that the default of a
   * column uses. Columns of whole numbers count, also those of a domain over them.
   */
  private static final String SEQUENCES =
      """
      WITH RECURSIVE whole(type, most) AS (
        VALUES ('int2'::regtype::oid, 32767::bigint), ('int4'::regtype, 2147483647),
          ('int8'::regtype, 9223372036854775807)
        UNION SELECT t.oid, whole.most FROM pg_type t JOIN whole ON t.typbasetype = whole.type),
      taken AS (
        SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number
        FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
          AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
          AND d.deptype IN ('a', 'i')
        UNION SELECT d.refobjid, f.adrelid, f.adnum
        FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
        WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass),
      columns AS (
        SELECT s.seqrelid, s.seqincrement, s.seqmin, s.seqmax, least(s.seqmax, whole.most) AS most,
          CASE WHEN s.seqincrement > 0 THEN 'max' ELSE 'min' END AS extreme,
          a.attname, t.relname, n.nspname, t.oid AS relation
        FROM taken JOIN pg_sequence s ON s.seqrelid = taken.sequence
        JOIN pg_attribute a ON a.attrelid = taken.relation AND a.attnum = taken.number
        JOIN whole ON whole.type = a.atttypid
        JOIN pg_class t ON t.oid = taken.relation AND t.relkind IN ('r', 'p')
        JOIN pg_namespace n ON n.oid = t.relnamespace)
      SELECT q.nspname, q.relname, format(
        'SELECT pg_catalog.setval(%L, q.m) FROM (SELECT pg_catalog.%s(m) AS m FROM (%s) u) q, '
        || '%s s WHERE q.m IS NOT NULL AND q.m %s s.last_value + CASE WHEN s.is_called THEN %s ELSE '
        || '0 END AND q.m BETWEEN %s AND %s',
        seqrelid::regclass::text, extreme,
        string_agg(format('SELECT pg_catalog.%s(%I)::bigint AS m FROM %s', extreme, attname,
          relation::regclass) || CASE WHEN seqincrement > 0 THEN
          format(' WHERE %I <= (SELECT CASE WHEN last_value <= %s THEN %s ELSE %s END FROM %s)',
          attname, most / 2, most / 2, most, seqrelid::regclass) ELSE '' END, ' UNION ALL '),
        seqrelid::regclass, CASE WHEN seqincrement > 0 THEN '>=' ELSE '<=' END, seqincrement,
        seqmin - least(0, seqincrement), seqmax - greatest(0, seqincrement)),
        array_agg(ARRAY[columns.nspname::text, columns.relname::text, attname::text])
      FROM columns JOIN (SELECT c.oid, c.relname, n.nspname FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace) q ON q.oid = seqrelid
      GROUP BY seqrelid, q.nspname, q.relname, extreme, seqincrement, seqmin, seqmax
      ORDER BY seqrelid
      """;

  /** A sequence, the statement that sets it, and the columns whose default uses it. */
  private record Taken(TableName sequence, String statement, List<String[]> columns) {
    static Taken read(ResultSet row) throws SQLException {
      Array columns = row.getArray(4);
      return new Taken(
          new TableName(row.getString(1), row.getString(2)),
          row.getString(3),
          Arrays.asList((String[][]) columns.getArray()));
    }

    boolean anyOf(BiPredicate<TableName, String> wanted) {
      return columns.stream().anyMatch(c -> wanted.test(new TableName(c[0], c[1]), c[2]));
    }
  }

  private LaggingSequences() {}

  /**
   * Sets the sequences that at least one wanted column uses, if their values are too low.
   *
   * @param connection its search_path must lead to pg_catalog only
   * @param wanted gets the table and the name of a column
   * @return the sequences that were set
   */
  public static Set<TableName> advance(
      Connection connection, BiPredicate<TableName, String> wanted) {
    Set<TableName> advanced = new LinkedHashSet<>();
    for (Taken taken : Queries.rows(connection, SEQUENCES, DOING, Taken::read)) {
      if (taken.anyOf(wanted) && !Queries.texts(connection, taken.statement(), DOING).isEmpty()) {
        advanced.add(taken.sequence());
      }
    }
    return advanced;
  }
}
