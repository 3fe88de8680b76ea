package dev.decant.refresh;

import static java.util.stream.Collectors.joining;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameSource;
import dev.decant.load.LoadRequest;
import dev.decant.load.SnapshotLoad;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.progress.Progress;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import dev.decant.setting.Settings;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Finds SQL in the targets file that cannot work on a snapshot, before anything is changed. It
 * creates the schema of the snapshot, without rows, in a temporary database, and prepares each
 * query and each INSERT, UPDATE, DELETE and MERGE there. No statement is run. Other statements,
 * such as DDL, GRANT and DO, cannot be prepared; after one of them a missing name is no longer an
 * error, because the statement may create it.
 */
final class TargetSqlCheck {
  private static final Set<String> PLANNABLE =
      Set.of("select", "insert", "update", "delete", "merge", "values", "with", "table");

  private final TargetRun run;
  private final Target target;
  private final List<DecantException> problems = new ArrayList<>();
  private boolean schemaMayDiffer;

  TargetSqlCheck(TargetRun run) {
    this.run = run;
    this.target = run.request.target();
  }

  /**
   * Checks the SQL. If the temporary database cannot be created, the run gets a warning.
   *
   * @throws DecantException {@link ErrorCode#SQL_STEP_FAILED} with a list of all problems
   */
  void check(Manifest manifest, FrameSource frames, SnapshotSchema schema) {
    if (target.changes().sql().isEmpty()
        && target.changes().assertions().isEmpty()
        && target.changes().privileges().isEmpty()
        && target.changes().keepTables().isEmpty()
        && target.snapshots().schemaVersion().isEmpty()) {
      return;
    }
    try (ScratchServer server = open();
        ScratchDatabase database =
            server.create("readiness", schema.extensions(), schema.encoding())) {
      SnapshotLoad.run(
          new LoadRequest(
              new LoadRequest.Content(manifest, frames, schema.extended()),
              database,
              null,
              new LoadRequest.RowChoice(table -> false, Map.of()),
              1,
              Progress.NONE,
              run.guard::check,
              new Unverified()));
      try (Connection connection = database.connect()) {
        prepareAll(connection, schema);
      }
    } catch (SQLException | DecantException e) {
      run.guard.check();
      run.warnings.add(
          "The SQL of the target was not tried on the schema of the snapshot, because the schema"
              + " could not be created in a temporary database here: "
              + e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new DecantException(
          problems.getFirst().code(),
          problems.stream()
              .map(Throwable::getMessage)
              .collect(
                  joining(
                      "\n  ",
                      "Target "
                          + target.name()
                          + " in the targets file does not fit the schema of the snapshot. Staging"
                          + " is unchanged. Correct the targets file:\n"
                          + "  ",
                      "")));
    }
  }

  private ScratchServer open() {
    Map<String, String> environment = run.request.credentials().environment();
    return ScratchServers.open(
        "embedded", ScratchOptions.of(environment).withRunFolder(new Settings(environment).work()));
  }

  private void prepareAll(Connection connection, SnapshotSchema schema) throws SQLException {
    keptTables(connection, schema);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      searchPath(statement);
      target
          .snapshots()
          .schemaVersion()
          .ifPresent(v -> prepare(statement, v.sql(), "schema-version"));
      for (Policy.SqlStep step : target.changes().sql()) {
        prepare(statement, step.text(), described("sql step", step.name(), step.line()));
      }
      schemaMayDiffer |= !target.hooks().migrate().isEmpty();
      for (Policy.SqlStep step : target.changes().privileges()) {
        prepare(statement, step.text(), described("privilege", step.name(), step.line()));
      }
      for (Policy.Assertion assertion : target.changes().assertions()) {
        prepare(
            statement, assertion.sql(), described("assertion", assertion.name(), assertion.line()));
      }
    }
  }

  private static String described(String kind, String name, int line) {
    return kind + " \"" + name + "\" (line " + line + " of the targets file)";
  }

  private void keptTables(Connection connection, SnapshotSchema schema) throws SQLException {
    if (!run.maintenance.exists(run.server.database())) {
      return;
    }
    try (Connection old = run.server.connect(run.server.database())) {
      Queries.execute(old, "SET search_path = ''", "preparing a session");
      Queries.execute(connection, "SET search_path = ''", "preparing a session");
      StagingTables own;
      boolean tried;
      try {
        own = StagingTables.read(run, schema);
        tried = own.tryIn(connection);
      } catch (DecantException e) {
        problems.add(e);
        return;
      }
      for (TableName table : target.changes().keepTables()) {
        try {
          if (tried || !own.contains(table)) {
            new KeptTable(table, run.server, run.guard::check).requireCopyable(old, connection);
          }
        } catch (DecantException e) {
          problems.add(e);
        }
      }
    }
  }

  /** Sets the search_path of the application, which the new database gets, too. */
  private void searchPath(Statement statement) throws SQLException {
    String path = "\"$user\", public";
    if (run.maintenance.exists(run.server.database())) {
      try (Connection old = run.server.connect(run.server.database())) {
        path = Queries.text(old, "SHOW search_path", "asking for settings").orElse(path);
      }
    }
    statement.execute(
        "SELECT pg_catalog.set_config('search_path', " + Quoting.literal(path) + ", false)");
  }

  private void prepare(Statement statement, String sql, String what) {
    try {
      for (NativeQuery query : Parser.parseJdbcSql(sql, true, false, true, false, false)) {
        if (isPlannable(query.nativeSql)) {
          prepareOne(statement, query.nativeSql, what);
        } else {
          schemaMayDiffer = true;
        }
      }
    } catch (SQLException e) {
      problems.add(
          new DecantException(
              ErrorCode.SQL_STEP_FAILED,
              "The statements of " + what + " cannot be separated. Check its quotes."));
    }
  }

  /** Decides by the first word. A statement with an unknown first word is not prepared. */
  private static boolean isPlannable(String sql) {
    String rest = sql.stripLeading();
    while (rest.startsWith("--") || rest.startsWith("/*") || rest.startsWith("(")) {
      String end = rest.startsWith("--") ? "\n" : rest.startsWith("/*") ? "*/" : "(";
      int at = rest.indexOf(end);
      rest = at < 0 ? "" : rest.substring(at + end.length()).stripLeading();
    }
    String word = rest.split("[^A-Za-z]", 2)[0].toLowerCase(Locale.ROOT);
    return PLANNABLE.contains(word);
  }

  private void prepareOne(Statement statement, String sql, String what) {
    try {
      statement.execute("PREPARE decant_readiness AS " + sql);
      statement.execute("DEALLOCATE decant_readiness");
    } catch (SQLException e) {
      if (!schemaMayDiffer || "42601".equals(e.getSQLState())) {
        problems.add(DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, what, sql));
      }
    }
  }
}
