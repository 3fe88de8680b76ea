package dev.decant.verify;

import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An enabled trigger, and the statements that fire it over one row.
 *
 * @param table the table, partitioned table or view
 * @param relation what it is, as pg_class.relkind
 * @param definition the statement that creates the trigger
 * @param events the bits of pg_trigger.tgtype
 * @param columns the columns that an INSERT may set
 * @param updatable the columns that an UPDATE may set; those of UPDATE OF come first
 */
record EnabledTrigger(
    TableName table,
    String relation,
    String name,
    String definition,
    int events,
    List<String> columns,
    List<String> updatable) {
  static final String TRUNCATE = "TRUNCATE";
  static final String DELETE = "DELETE";

  private static final int INSERT_BIT = 1 << 2;
  private static final int DELETE_BIT = 1 << 3;
  private static final int UPDATE_BIT = 1 << 4;
  private static final int TRUNCATE_BIT = 1 << 5;

  /** A trigger of a partitioned table stands for those of the partitions. */
  private static final String ALL =
      """
      SELECT n.nspname::text, c.relname::text, c.relkind::text, t.tgname::text,
        pg_catalog.pg_get_triggerdef(t.oid), t.tgtype,
        ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum),
        ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
          ORDER BY (a.attnum = ANY (t.tgattr)) DESC, a.attnum)
      FROM pg_catalog.pg_trigger t
      JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid AND c.relkind IN ('r', 'p', 'v')
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled IN ('O', 'A')
      ORDER BY 1, 2, 4
      """;

  /** The enabled triggers of a database. The session must have an empty search_path. */
  static List<EnabledTrigger> all(Connection connection) {
    return Queries.rows(connection, ALL, "reading the triggers", EnabledTrigger::of);
  }

  private static EnabledTrigger of(ResultSet row) throws SQLException {
    return new EnabledTrigger(
        new TableName(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getInt(6),
        List.of((String[]) row.getArray(7).getArray()),
        List.of((String[]) row.getArray(8).getArray()));
  }

  String title() {
    return "TRIGGER " + TableName.quoted(name) + " ON " + table;
  }

  /** A query for a condition that holds for one row. The result is NULL if there is no row. */
  String oneRow() {
    return isView()
        ? "SELECT max('pg_catalog.nextval(''pg_temp.decant_one'') = 1') FROM (SELECT FROM "
            + table.sql()
            + " LIMIT 1) one"
        : "SELECT max(pg_catalog.format('tableoid = %s AND ctid = %L', part, place))"
            + " FROM (SELECT tableoid::bigint AS part, ctid AS place FROM "
            + rows()
            + " LIMIT 1) one";
  }

  /**
   * The statements that make the trigger the only one that acts. The foreign keys of the table, and
   * those that refer to it, are dropped. The functions find the names of all schemas, because the
   * search_path of an application is not in the dump.
   */
  String prepared() {
    return """
    CREATE TEMPORARY SEQUENCE decant_one;
    DO $decant$
    DECLARE key record;
    BEGIN
      FOR key IN
        WITH RECURSIVE keys AS (
          SELECT k.oid, k.conparentid, k.conrelid, k.conname FROM pg_catalog.pg_constraint k
          WHERE k.contype = 'f' AND ARRAY[k.conrelid, k.confrelid] && ARRAY(
            SELECT %1$s::regclass::oid UNION
            SELECT relid FROM pg_catalog.pg_partition_tree(%1$s::regclass))
          UNION
          SELECT k.oid, k.conparentid, k.conrelid, k.conname FROM pg_catalog.pg_constraint k
          JOIN keys ON k.oid = keys.conparentid)
        SELECT conrelid::regclass AS of, conname FROM keys WHERE conparentid = 0
      LOOP
        EXECUTE pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', key.of, key.conname);
      END LOOP;
    END $decant$;
    DROP TRIGGER IF EXISTS %2$s ON %3$s;
    SELECT pg_catalog.set_config('search_path', pg_catalog.string_agg(
        pg_catalog.quote_ident(nspname), ', '
        ORDER BY nspname = %4$s DESC, nspname = 'public' DESC, nspname), true)
      FROM pg_catalog.pg_namespace
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'\
    """
        .formatted(
            Quoting.literal(table.sql()),
            Quoting.identifier(name),
            table.sql(),
            Quoting.literal(table.schema()));
  }

  /**
   * The statements for each event of the trigger, which create the trigger, too.
   *
   * @param row the condition that {@link #oneRow} returned
   */
  Map<String, String> firing(String row) {
    Map<String, String> firing = new LinkedHashMap<>();
    String where = " WHERE " + row;
    if (isFiredBy(UPDATE_BIT) && !updatable.isEmpty()) {
      String set =
          updatable.stream()
              .map(Quoting::identifier)
              .map(column -> column + " = " + column)
              .collect(Collectors.joining(", "));
      firing.put("UPDATE", definition + ";\nUPDATE " + rows() + " SET " + set + where);
    }
    if (isFiredBy(DELETE_BIT)) {
      firing.put(DELETE, definition + ";\nDELETE FROM " + rows() + where);
    }
    if (isFiredBy(INSERT_BIT) && !columns.isEmpty()) {
      firing.put("INSERT", inserted(where));
    }
    if (isFiredBy(TRUNCATE_BIT)) {
      firing.put(TRUNCATE, definition + ";\nTRUNCATE " + rows());
    }
    return firing;
  }

  /** The row of a table is deleted before the trigger is created, and inserted after that. */
  private String inserted(String where) {
    String list = Quoting.identifiers(columns);
    String from = " FROM " + rows() + where;
    return String.join(
        ";\n",
        "CREATE TEMPORARY TABLE decant_row AS SELECT " + list + from,
        isView() ? "SELECT" : "DELETE" + from,
        definition,
        "INSERT INTO "
            + table.sql()
            + " ("
            + list
            + ") OVERRIDING SYSTEM VALUE SELECT "
            + list
            + " FROM pg_temp.decant_row");
  }

  private String rows() {
    return relation.equals("r") ? "ONLY " + table.sql() : table.sql();
  }

  private boolean isView() {
    return relation.equals("v");
  }

  private boolean isFiredBy(int bit) {
    return (events & bit) != 0;
  }
}
