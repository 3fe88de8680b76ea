package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.resource.PackagedFile;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The statements that create a table of one database in another one: the table with its partitions,
 * sequences, keys, indexes, statistics, triggers, rules, policies, comments, grants, publications,
 * security labels and storage, and the extensions, access methods, enums, domains and functions
 * that they need, if the other database does not have them. Views that read the table, and triggers
 * of other tables that write into it, do not belong to it.
 */
final class TableDefinition {
  /**
   * The stages in which the statements run. The rows are copied after the stage STORAGE. The stages
   * STORAGE, SERVER and LABEL need the roles, tablespaces, compression methods and label providers
   * of the target's server. EXTENSION has names of extensions in place of statements.
   */
  enum Stage {
    EXTENSION,
    TABLE,
    STORAGE,
    KEYS,
    REFERENCES,
    SERVER,
    LABEL
  }

  private static final String QUERY = resource("table-definition.sql");

  private final TableName table;
  private final Map<Stage, List<String>> statements;
  private final Set<String> methods;

  private TableDefinition(
      TableName table, Map<Stage, List<String>> statements, Set<String> methods) {
    this.table = table;
    this.statements = statements;
    this.methods = methods;
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
    return new TableDefinition(table, statements, methods(table, connection));
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

  /**
   * Sets the security labels.
   *
   * @param connection a connection to the other database with an empty search_path
   * @return a reason for each label that its provider or the server refuses
   */
  List<String> label(Connection connection) {
    List<String> refused = new ArrayList<>();
    for (String sql : statements.getOrDefault(Stage.LABEL, List.of())) {
      try {
        Queries.execute(connection, sql, "setting a security label of kept table " + table);
      } catch (DecantException e) {
        refused.add(
            e.getMessage()
                + " The provider of the label must be loaded in each session, for example by"
                + " shared_preload_libraries, and must accept it.");
      }
    }
    return refused;
  }

  /** The extensions that it needs and that a server does not have. */
  Set<String> lacking(Connection connection) {
    Set<String> needed = new TreeSet<>(statements.getOrDefault(Stage.EXTENSION, List.of()));
    if (!needed.isEmpty()) {
      String available = "SELECT name FROM pg_catalog.pg_available_extensions";
      Queries.texts(connection, available, "listing extensions").forEach(needed::remove);
    }
    return needed;
  }

  /** The access methods of the table that it does not have in another database. */
  Set<String> lostMethods(Connection connection) {
    Set<String> lost = new TreeSet<>(methods);
    lost.removeAll(methods(table, connection));
    return lost;
  }

  private static Set<String> methods(TableName table, Connection connection) {
    String query =
        """
        SELECT DISTINCT m.amname FROM pg_class c JOIN pg_am m ON m.oid = c.relam
        WHERE c.oid = to_regclass(%1$s)
          OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass(%1$s)))
        """
            .formatted(Quoting.literal(table.sql()));
    return new TreeSet<>(
        Queries.texts(connection, query, "reading the access method of table " + table));
  }

  private static String resource(String name) {
    return PackagedFile.text(TableDefinition.class, name);
  }
}
