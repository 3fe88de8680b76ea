package dev.decant.refresh;

import dev.decant.dump.CreatedTable;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.refresh.TableDefinition.Stage;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kept tables that staging has and the snapshot does not have, such as an audit table of
 * staging's own. They are created in the new database with their definition and their rows.
 */
final class StagingTables {
  private static final String PREPARING = "preparing a session";

  private final TargetRun run;
  private final Map<TableName, TableDefinition> definitions;

  private StagingTables(TargetRun run, Map<TableName, TableDefinition> definitions) {
    this.run = run;
    this.definitions = definitions;
  }

  /** Reads the definitions from the database that is to be replaced, if it exists. */
  static StagingTables read(TargetRun run, SnapshotSchema schema) {
    Map<TableName, TableDefinition> definitions = new LinkedHashMap<>();
    Set<TableName> created =
        Stream.concat(schema.before().stream(), schema.after().stream())
            .flatMap(s -> CreatedTable.of(s).stream())
            .map(CreatedTable::name)
            .collect(Collectors.toSet());
    String database = run.server.database();
    if (run.maintenance.exists(database)) {
      try (Connection old = run.server.connect(database)) {
        Queries.execute(old, "SET search_path = ''", PREPARING);
        for (TableName table : run.request.target().changes().keepTables()) {
          if (!created.contains(table) && isOwn(table, old)) {
            definitions.put(table, TableDefinition.read(table, old));
          }
        }
      } catch (SQLException e) {
        throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading kept tables");
      }
    }
    return new StagingTables(run, definitions);
  }

  /** Whether a table exists and no extension brought it. */
  private static boolean isOwn(TableName table, Connection old) {
    Optional<String> kind =
        Queries.text(
            old,
            """
            SELECT CASE WHEN EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) THEN 'heir'
              ELSE 'own' END
            FROM pg_class c WHERE c.oid = to_regclass(%s) AND c.relkind IN ('r', 'p')
              AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                AND e.objid = c.oid AND e.deptype = 'e')
            """
                .formatted(Quoting.literal(table.sql())),
            "reading the definition of table " + table);
    if (kind.filter("heir"::equals).isPresent()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The kept table "
              + table
              + " does not exist in the snapshot, and in staging it is a partition or inherits from"
              + " another table, so it cannot be created alone. Staging is unchanged. Name its"
              + " parent in keep-tables, or take the table out.");
    }
    return kind.isPresent();
  }

  boolean contains(TableName table) {
    return definitions.containsKey(table);
  }

  /**
   * Creates the tables without rows, to find out whether that is possible. If they need extensions
   * that the server lacks, they are not tried, with a warning, because the target may have them.
   *
   * @param connection a connection to a database with the schema of the snapshot
   * @return whether they were tried
   */
  boolean tryIn(Connection connection) {
    Set<String> lacking = new TreeSet<>();
    definitions.values().forEach(definition -> lacking.addAll(definition.lacking(connection)));
    if (!lacking.isEmpty()) {
      run.warnings.add(
          "The kept tables that only staging has were not tried on the schema of the snapshot,"
              + " because the temporary database lacks the extensions "
              + String.join(", ", lacking)
              + ".");
      return false;
    }
    prepare(connection);
    for (Stage stage : new Stage[] {Stage.TABLE, Stage.KEYS, Stage.REFERENCES}) {
      definitions.values().forEach(definition -> definition.run(stage, connection));
    }
    return true;
  }

  /**
   * Creates the tables and copies their rows. The constraints are built over the rows.
   *
   * @param connection a connection to the new database as its owner, after the snapshot was loaded
   * @return the number of rows of each table
   */
  Map<TableName, Long> create(Connection connection) throws SQLException {
    Map<TableName, Long> rows = new TreeMap<>();
    if (definitions.isEmpty()) {
      return rows;
    }
    prepare(connection);
    for (Stage stage : new Stage[] {Stage.TABLE, Stage.STORAGE}) {
      definitions.values().forEach(definition -> definition.run(stage, connection));
    }
    for (TableName table : definitions.keySet()) {
      rows.put(table, new KeptTable(table, run.server, run.guard::check).copy(connection));
    }
    for (Stage stage : new Stage[] {Stage.KEYS, Stage.REFERENCES, Stage.SERVER}) {
      for (TableDefinition definition : definitions.values()) {
        run.guard.check();
        overRows(definition, stage, connection);
      }
    }
    definitions.forEach((table, d) -> warnAboutMethods(table, d.lostMethods(connection)));
    for (TableName table : definitions.keySet()) {
      Queries.execute(connection, "ANALYZE " + table.sql(), "analyzing kept table " + table);
    }
    return rows;
  }

  private void warnAboutMethods(TableName table, Set<String> lost) {
    for (String method : lost) {
      run.warnings.add(
          "The kept table "
              + table
              + " no longer uses the access method "
              + method
              + ", because the new database does not have it and the role "
              + run.server.user()
              + " may not create it.");
    }
  }

  /**
   * Sets the security labels of the tables. A label that is refused becomes a warning.
   *
   * @param connection a connection to the new database as its owner, which has the settings of the
   *     old one, because they may load the provider of a label
   */
  void label(Connection connection) {
    prepare(connection);
    definitions.values().forEach(d -> run.warnings.addAll(d.label(connection)));
  }

  private static void overRows(TableDefinition definition, Stage stage, Connection connection) {
    try {
      definition.run(stage, connection);
    } catch (DecantException e) {
      if (e.code() != ErrorCode.CONSTRAINT_VIOLATED) {
        throw e;
      }
      throw new DecantException(
          e.code(),
          e.getMessage()
              + " Its rows do not fit the rows of the snapshot. Staging is unchanged. Delete such"
              + " rows in staging, drop the constraint there, or take the table out of"
              + " keep-tables.");
    }
  }

  private static void prepare(Connection connection) {
    Queries.execute(
        connection,
        "SET search_path = ''; SET check_function_bodies = false;"
            + " SET default_table_access_method = heap",
        PREPARING);
  }
}
