package dev.decant.schema;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Schema} from the catalog of PostgreSQL 13 to 18. It has every table whose rows a
 * dump can contain, including partitioned tables, but neither foreign tables nor system schemas.
 * The reader runs thirteen queries for any number of tables, and does not read the rows of tables.
 */
public final class CatalogReader {
  /** Leaves out schemas whose tables no dump contains, such as pg_catalog, pg_temp and pg_toast. */
  private static final String OUR_TABLES =
      """
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """;

  private final CatalogQueries queries;
  private final Map<Long, TableRow> tables = new HashMap<>();

  private CatalogReader(CatalogQueries queries) {
    this.queries = queries;
  }

  /** The facts about one table, as far as they have been read. */
  private static final class TableRow {
    final TableName name;
    final boolean partitioned;
    final @Nullable String extension;
    final Map<Integer, String> columnNames = new HashMap<>();
    final List<Column> columns = new ArrayList<>();
    final Set<Integer> constrained = new HashSet<>();
    final List<TableName> parents = new ArrayList<>();
    final Set<Integer> partitionKey = new LinkedHashSet<>();
    @Nullable TableName partitionOf;
    boolean takesAnyRow;

    TableRow(TableName name, boolean partitioned, @Nullable String extension) {
      this.name = name;
      this.partitioned = partitioned;
      this.extension = extension;
    }

    /** The names of these columns. System columns and 0, the whole row, have no name. */
    List<String> names(Collection<Integer> numbers) {
      return numbers.stream().map(columnNames::get).filter(name -> name != null).toList();
    }

    Table table() {
      return new Table(
          name,
          columns,
          partitioned,
          names(partitionKey),
          partitionOf,
          parents,
          extension,
          takesAnyRow);
    }
  }

  /**
   * Reads all schemas.
   *
   * @param connection a connection that stays open; a transaction of the caller gives a consistent
   *     view
   * @throws dev.decant.error.DecantException DATABASE_FAILED if a query fails
   */
  public static Schema read(Connection connection) {
    return read(connection, Map.of());
  }

  /**
   * As {@link #read(Connection)}, for a scratch database that has domains in the place of types
   * that its server lacks.
   *
   * @param standIns the types as the dump names them, by the names of the domains, {@code
   *     schema.name} without quotes
   */
  public static Schema read(Connection connection, Map<String, String> standIns) {
    try {
      return new CatalogReader(new CatalogQueries(connection)).read(standIns);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading the catalog");
    }
  }

  private Schema read(Map<String, String> standIns) throws SQLException {
    readTables();
    readCheckedColumns();
    readColumns(new CatalogTypes(queries, standIns));
    readPartitionKeys();
    readParents();
    List<UniqueKey> uniqueKeys = uniqueKeys();
    List<ForeignKey> foreignKeys = foreignKeys();
    return new Schema(
        tables.values().stream().map(TableRow::table).toList(),
        uniqueKeys,
        foreignKeys,
        CatalogFacts.read(queries));
  }

  private void readTables() throws SQLException {
    queries.each(
        "SELECT c.oid, n.nspname::text, c.relname::text, c.relkind = 'p', e.extname::text "
            + OUR_TABLES
            + """
            LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass
              AND d.objid = c.oid AND d.deptype = 'e'
              AND d.refclassid = 'pg_catalog.pg_extension'::regclass
            LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
            WHERE c.relkind IN ('r', 'p')\
            """,
        row ->
            tables.put(
                row.getLong(1),
                new TableRow(
                    new TableName(row.getString(2), row.getString(3)),
                    row.getBoolean(4),
                    row.getString(5))));
  }

  /** Reads the columns that a CHECK reads. Column 0 stands for all columns. */
  private void readCheckedColumns() throws SQLException {
    queries.each(
        """
        SELECT conrelid, array_to_string(conkey, ' ')
        FROM pg_catalog.pg_constraint WHERE contype = 'c' AND conrelid <> 0\
        """,
        row -> {
          TableRow table = tables.get(row.getLong(1));
          if (table != null) {
            table.constrained.addAll(CatalogQueries.numbers(row.getString(2)));
          }
        });
  }

  private void readColumns(CatalogTypes types) throws SQLException {
    queries.each(
        """
        SELECT a.attrelid, a.attnum, a.attname::text, a.attnotnull, a.attgenerated <> '',
          a.atttypid, a.atttypmod, pg_catalog.format_type(a.atttypid, a.atttypmod)
        """
            + OUR_TABLES
            + """
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
              AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') ORDER BY a.attrelid, a.attnum\
            """,
        row -> {
          TableRow table = tables.get(row.getLong(1));
          if (table == null) {
            return;
          }
          int number = row.getInt(2);
          String name = row.getString(3);
          long type = row.getLong(6);
          table.columnNames.put(number, name);
          table.columns.add(
              new Column(
                  name,
                  types.type(type, row.getInt(7), row.getString(8)),
                  row.getBoolean(4) || types.notNull(type),
                  row.getBoolean(5),
                  table.constrained.contains(number)
                      || table.constrained.contains(0)
                      || types.checked(type)));
        });
  }

  /**
   * Reads the columns of partition keys. A column in an expression of the key is found because its
   * table depends on it. A table takes any row if it has a default partition, or partitions for all
   * remainders of a hash.
   */
  private void readPartitionKeys() throws SQLException {
    queries.each(
        """
        SELECT p.partrelid, concat_ws(' ', p.partattrs::text,
          (SELECT string_agg(d.objsubid::text, ' ' ORDER BY d.objsubid)
           FROM pg_catalog.pg_depend d
           WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = p.partrelid
             AND d.refclassid = d.classid AND d.refobjid = p.partrelid
             AND d.objsubid > 0 AND d.refobjsubid = 0 AND p.partexprs IS NOT NULL)),
          p.partdefid <> 0 OR p.partstrat = 'h' AND
          (SELECT sum(1.0 / substring(pg_catalog.pg_get_expr(c.relpartbound, 0)
             FROM 'modulus ([0-9]+)')::numeric) > 0.999999
           FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
           WHERE i.inhparent = p.partrelid)
        FROM pg_catalog.pg_partitioned_table p\
        """,
        row -> {
          TableRow table = tables.get(row.getLong(1));
          if (table != null) {
            table.partitionKey.addAll(CatalogQueries.numbers(row.getString(2)));
            table.takesAnyRow = row.getBoolean(3);
          }
        });
  }

  private void readParents() throws SQLException {
    queries.each(
        """
        SELECT i.inhrelid, i.inhparent, c.relispartition
        FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
        ORDER BY i.inhrelid, i.inhseqno\
        """,
        row -> {
          TableRow child = tables.get(row.getLong(1));
          TableRow parent = tables.get(row.getLong(2));
          if (child == null || parent == null) {
            return;
          }
          if (row.getBoolean(3)) {
            child.partitionOf = parent.name;
          } else {
            child.parents.add(parent.name);
          }
        });
  }

  /**
   * Reads the unique keys. The columns of expressions and predicates are found because the index
   * depends on them. INCLUDE columns come after the columns of the key. If the index has an
   * expression or a predicate, they cannot be distinguished from the columns that it reads, so they
   * count as read.
   */
  private List<UniqueKey> uniqueKeys() throws SQLException {
    List<UniqueKey> keys = new ArrayList<>();
    queries.each(
        """
        SELECT i.indrelid, x.relname::text, coalesce(k.contype, 'i')::text, i.indnkeyatts,
          i.indkey::text,
          CASE WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN
            (SELECT string_agg(d.refobjsubid::text, ' ' ORDER BY d.refobjsubid)
             FROM pg_catalog.pg_depend d
             WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
               AND d.refclassid = d.classid AND d.refobjid = i.indrelid AND d.refobjsubid > 0)
          END,
          coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace AND n.nspname !~ '^pg_'
        LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid
          AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
        WHERE i.indisunique OR i.indisexclusion
        ORDER BY i.indrelid, x.relname\
        """,
        row -> {
          TableRow table = tables.get(row.getLong(1));
          if (table == null) {
            return;
          }
          List<Integer> plain = CatalogQueries.numbers(row.getString(5)).subList(0, row.getInt(4));
          Set<Integer> columns = new LinkedHashSet<>(plain);
          columns.addAll(CatalogQueries.numbers(row.getString(6)));
          keys.add(
              new UniqueKey(
                  row.getString(2),
                  table.name,
                  table.names(columns),
                  kind(row.getString(3)),
                  table.names(plain),
                  row.getBoolean(7)));
        });
    return keys;
  }

  private static UniqueKey.Kind kind(String constraintType) {
    return switch (constraintType) {
      case "p" -> UniqueKey.Kind.PRIMARY_KEY;
      case "u" -> UniqueKey.Kind.UNIQUE;
      case "x" -> UniqueKey.Kind.EXCLUDE;
      default -> UniqueKey.Kind.UNIQUE_INDEX;
    };
  }

  /** Reads the foreign keys, without the copies for partitions, which have a parent. */
  private List<ForeignKey> foreignKeys() throws SQLException {
    List<ForeignKey> keys = new ArrayList<>();
    queries.each(
        """
        SELECT conname::text, conrelid, array_to_string(conkey, ' '),
          confrelid, array_to_string(confkey, ' ')
        FROM pg_catalog.pg_constraint WHERE contype = 'f' AND conparentid = 0
        ORDER BY conrelid, conname\
        """,
        row -> {
          TableRow table = tables.get(row.getLong(2));
          TableRow referenced = tables.get(row.getLong(4));
          if (table != null && referenced != null) {
            keys.add(
                new ForeignKey(
                    row.getString(1),
                    table.name,
                    table.names(CatalogQueries.numbers(row.getString(3))),
                    referenced.name,
                    referenced.names(CatalogQueries.numbers(row.getString(5)))));
          }
        });
    return keys;
  }
}
