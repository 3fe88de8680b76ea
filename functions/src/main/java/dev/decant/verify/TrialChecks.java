package dev.decant.verify;

import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The columns of tables and their CHECKs, as the catalog of a database has them. */
final class TrialChecks {
  private static final String COLUMNS =
      """
      SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull
      FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = pg_catalog.to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  private static final String CHECKS =
      """
      SELECT pg_catalog.pg_get_expr(k.conbin, k.conrelid),
        ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
      FROM pg_catalog.pg_constraint k
      WHERE k.contype = 'c' AND k.conrelid = pg_catalog.to_regclass(:table)
      ORDER BY k.conname
      """;

  /**
   * A column.
   *
   * @param type as SQL writes it
   */
  record TrialColumn(String name, String type, boolean notNull) {}

  /** The expression of a CHECK, and the columns that it reads. */
  private record TableCheck(String expression, List<String> columns) {
    boolean reads(Set<String> names) {
      return columns.stream().anyMatch(names::contains);
    }
  }

  private record OfTable(Map<String, TrialColumn> columns, List<TableCheck> checks) {
    /** The CHECKs that read only one of the columns. */
    List<TableCheck> alone(Set<String> names) {
      return checks.stream().filter(c -> c.columns.size() == 1 && c.reads(names)).toList();
    }
  }

  /** Some columns of a table, and the expressions of CHECKs that read no other columns. */
  record Group(List<TrialColumn> columns, List<String> checks) {
    Group {
      columns = List.copyOf(columns);
      checks = List.copyOf(checks);
    }
  }

  private final Connection connection;
  private final Map<TableName, OfTable> tables = new HashMap<>();

  TrialChecks(Connection connection) {
    this.connection = connection;
  }

  /** The columns, and the other columns of their CHECKs. */
  Group all(TableName table, Set<String> names) {
    OfTable known = known(table);
    return group(known, names, known.checks.stream().filter(c -> c.reads(names)).toList());
  }

  /**
   * The groups in which masks of the columns are tried. A CHECK that reads several columns has a
   * group of its own, because made-up rows rarely satisfy many such CHECKs at once.
   */
  List<Group> each(TableName table, Set<String> names) {
    OfTable known = known(table);
    List<Group> groups = new ArrayList<>();
    for (String name : names) {
      groups.add(group(known, Set.of(name), known.alone(Set.of(name))));
    }
    for (TableCheck check : known.checks) {
      if (check.columns.size() > 1 && check.reads(names)) {
        List<TableCheck> checks = new ArrayList<>(known.alone(Set.copyOf(check.columns)));
        checks.add(check);
        groups.add(group(known, Set.of(), checks));
      }
    }
    return groups;
  }

  private OfTable known(TableName table) {
    return tables.computeIfAbsent(table, this::read);
  }

  private static Group group(OfTable known, Set<String> names, List<TableCheck> checks) {
    Set<String> all = new LinkedHashSet<>();
    known.columns.keySet().stream().filter(names::contains).forEach(all::add);
    checks.forEach(check -> all.addAll(check.columns));
    return new Group(
        all.stream().map(name -> Objects.requireNonNull(known.columns.get(name))).toList(),
        checks.stream().map(TableCheck::expression).toList());
  }

  private OfTable read(TableName table) {
    Map<String, TrialColumn> columns = new LinkedHashMap<>();
    List<TableCheck> checks = new ArrayList<>();
    Queries.rows(
            connection,
            COLUMNS.replace(":table", Quoting.literal(table.sql())),
            "reading the columns of " + table,
            row -> new TrialColumn(row.getString(1), row.getString(2), row.getBoolean(3)))
        .forEach(column -> columns.put(column.name(), column));
    checks.addAll(
        Queries.rows(
            connection,
            CHECKS.replace(":table", Quoting.literal(table.sql())),
            "reading the constraints of " + table,
            row -> new TableCheck(row.getString(1), texts(row.getArray(2)))));
    return new OfTable(columns, checks);
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
