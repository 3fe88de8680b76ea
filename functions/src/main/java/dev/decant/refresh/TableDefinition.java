package dev.decant.refresh;

import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.resource.PackagedFile;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements that create a table of one database in another one: the table with its partitions,
 * sequences, keys, indexes, statistics, triggers, rules, policies, comments, grants and storage,
 * and the extensions, enums, domains and functions that they need, if the other database does not
 * have them. Views that read the table, and triggers of other tables that write into it, do not
 * belong to it.
 */
final class TableDefinition {
  /**
   * The stages in which the statements run. The rows are copied after the stage STORAGE. The stages
   * STORAGE and SERVER need the roles, tablespaces and compression methods of the target's server.
   */
  enum Stage {
    TABLE,
    STORAGE,
    KEYS,
    REFERENCES,
    SERVER
  }

  private static final String QUERY = resource("table-definition.sql");

  private final TableName table;
  private final Map<Stage, List<String>> statements;

  private TableDefinition(TableName table, Map<Stage, List<String>> statements) {
    this.table = table;
    this.statements = statements;
  }

  /**
   * Reads the definition of a table, which exists.
   *
   * @param connection a connection to its database with an empty search_path
   */
  static TableDefinition read(TableName table, Connection connection) {
    record Line(Stage stage, String sql) {}
    Map<Stage, List<String>> statements =
        Queries.rows(
                connection,
                QUERY.replace(":table", Quoting.literal(table.sql())),
                "reading the definition of table " + table,
                row -> new Line(Stage.valueOf(row.getString("stage")), row.getString("sql")))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Line::stage,
                    () -> new EnumMap<>(Stage.class),
                    Collectors.mapping(Line::sql, Collectors.toList())));
    return new TableDefinition(table, statements);
  }

  /**
   * Runs the statements of one stage.
   *
   * @param connection a connection to the other database with an empty search_path
   */
  void run(Stage stage, Connection connection) {
    for (String sql : statements.getOrDefault(stage, List.of())) {
      Queries.execute(connection, sql, "creating kept table " + table + " as staging has it");
    }
  }

  private static String resource(String name) {
    return PackagedFile.text(TableDefinition.class, name);
  }
}
