package dev.decant.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sql steps, and the rows that they wrote. */
final class SqlStepsIT {
  private static final TableName T = new TableName("public", "t");
  private static final TableName OTHER = new TableName("public", "other");

  private VerifiedDatabase database;

  @BeforeEach
  void makeTables() throws SQLException {
    database =
        new VerifiedDatabase(
            "CREATE TABLE t (a int); CREATE TABLE other (a int); CREATE SEQUENCE s; CREATE SEQUENCE"
                + " untouched; CREATE INDEX i ON t (a); CREATE TABLE two (a int, b int); CREATE"
                + " DOMAIN d AS int; CREATE TEXT SEARCH CONFIGURATION w (COPY = simple); CREATE"
                + " FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; INSERT INTO t VALUES (1),"
                + " (2), (3); INSERT INTO other VALUES (1)");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private SqlSteps.Outcome run(String... texts) throws SQLException {
    List<Policy.SqlStep> steps = new ArrayList<>();
    for (String text : texts) {
      steps.add(new Policy.SqlStep("step " + (steps.size() + 1), 10 + steps.size(), text));
    }
    try (Connection connection = database.connect()) {
      return SqlSteps.run(connection, steps);
    }
  }

  private Map<TableName, WrittenRows.Rows> written(SqlSteps.Outcome outcome) throws SQLException {
    try (Connection connection = database.connect()) {
      return WrittenRows.read(connection, outcome.span(), table -> true);
    }
  }

  private List<String> rowsOfT() throws SQLException {
    try (Connection connection = database.connect()) {
      return Queries.texts(connection, "SELECT a FROM t ORDER BY a", "reading t");
    }
  }

  @Test
  void rowsOfAllStatementsOfAStepAreCounted() throws SQLException {
    SqlSteps.Outcome outcome =
        run("UPDATE t SET a = a + 10 WHERE a > 1; DELETE FROM t WHERE a = 1", "SELECT * FROM t");
    assertThat(outcome.steps())
        .containsExactly(
            new SqlSteps.StepResult("step 1", 3), new SqlSteps.StepResult("step 2", 0));
    assertThat(rowsOfT()).containsExactly("12", "13");
  }

  @Test
  void onlySequencesWhoseValueChangedAreReported() throws SQLException {
    assertThat(run("SELECT nextval('s')").sequences())
        .containsExactly(new TableName("public", "s"));
    assertThat(run("SELECT 1").sequences()).isEmpty();
  }

  @Test
  void rowsAreRecognizedByTheTransactionThatWroteThem() throws SQLException {
    SqlSteps.Outcome outcome = run("UPDATE t SET a = 9 WHERE a = 3");
    assertThat(written(outcome))
        .containsEntry(T, new WrittenRows.Rows(3, true, false))
        .containsEntry(OTHER, new WrittenRows.Rows(1, false, false));
    assertThat(outcome.written()).containsExactly(T);
    database.execute("INSERT INTO other VALUES (2)");
    assertThat(written(outcome)).containsEntry(OTHER, new WrittenRows.Rows(2, false, true));
  }

  @Test
  void rowsOfASubtransactionBelongToTheSteps() throws SQLException {
    SqlSteps.Outcome outcome =
        run("DO $$ BEGIN UPDATE t SET a = 7; EXCEPTION WHEN OTHERS THEN NULL; END $$");
    assertThat(written(outcome)).containsEntry(T, new WrittenRows.Rows(3, true, false));
  }

  @Test
  void rowsWrittenWithoutTriggersAreFound() throws SQLException {
    SqlSteps.Outcome outcome = run("SET session_replication_role = replica; UPDATE t SET a = 5");
    assertThat(written(outcome)).containsEntry(T, new WrittenRows.Rows(3, true, false));
  }

  @Test
  void countsOfTablesAreReadForWantedTablesOnly() throws SQLException {
    try (Connection connection = database.connect()) {
      assertThat(WrittenRows.count(connection, T::equals)).isEqualTo(Map.of(T, 3L));
    }
  }

  @Test
  void failingStepLeavesNothingOfTheStepsBeforeIt() throws SQLException {
    assertThatThrownBy(() -> run("DELETE FROM t", "SELECT 1 / 0"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_STEP_FAILED))
        .hasMessageContaining("Sql step \"step 2\" (line 11 of the policy) failed");
    assertThat(rowsOfT()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "ROLLBACK", "DELETE FROM t; COMMIT; BEGIN"})
  void stepThatEndsTheTransactionIsRefused(String step) {
    assertThatThrownBy(() -> run(step)).hasMessageContainingAll("step 1", "ended the transaction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ADD b int",
        "ALTER TABLE t ALTER a SET DEFAULT 1",
        "CREATE INDEX ON t (a)",
        "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
        "DROP TABLE other",
        "CREATE VIEW v AS SELECT 1 AS one",
        "CREATE TYPE mood AS ENUM ('ok')",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "COMMENT ON TABLE t IS 'x'",
        "COMMENT ON COLUMN t.a IS 'x'",
        "COMMENT ON SCHEMA public IS 'x'",
        "DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'x'); END"
            + " $$",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = %L', current_database(),"
            + " '1MB'); END $$",
        "GRANT SELECT ON t TO PUBLIC",
        "GRANT SELECT (a) ON t TO PUBLIC",
        "GRANT USAGE ON SEQUENCE s TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC",
        "DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC',"
            + " current_database()); END $$",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
        "ALTER TABLE t SET (fillfactor = 50)",
        "ALTER TABLE t ALTER a SET STATISTICS 10",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "ALTER TABLE other INHERIT t",
        "ALTER INDEX i RENAME TO j",
        "ALTER INDEX i SET (fillfactor = 50)",
        "ALTER SEQUENCE s INCREMENT BY 5",
        "ALTER SEQUENCE s OWNED BY t.a",
        "CREATE SCHEMA app",
        "CREATE TYPE pair AS (a int, b int)",
        "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
        "ALTER DOMAIN d SET DEFAULT 1",
        "CREATE TYPE span AS RANGE (subtype = int)",
        "CREATE COLLATION c FROM \"C\"",
        "CREATE CAST (d AS text) WITH INOUT",
        "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
        "CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int)",
        "CREATE TEXT SEARCH CONFIGURATION words (COPY = simple)",
        "ALTER TEXT SEARCH CONFIGURATION w DROP MAPPING FOR word",
        "CREATE STATISTICS st ON a, b FROM two",
        "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW"
            + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE r AS ON INSERT TO t DO NOTHING",
        "CREATE POLICY p ON t USING (true)",
        "CLUSTER t USING i",
        "CREATE MATERIALIZED VIEW m AS SELECT a FROM t",
        "SELECT lo_create(0)"
      })
  void stepThatChangesADefinitionIsRefusedAndLeavesNothing(String step) throws SQLException {
    assertThatThrownBy(() -> run("DELETE FROM t", step, "SELECT 1"))
        .hasMessageContainingAll("step \"step 2\" (line 11", "changed a definition");
    assertThat(rowsOfT()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRUNCATE t RESTART IDENTITY",
        "CREATE TEMP TABLE keys (a serial CHECK (a > 0)); CREATE INDEX ON keys (a);"
            + " COMMENT ON COLUMN keys.a IS 'x'; GRANT SELECT ON keys TO PUBLIC",
        "CREATE TYPE pg_temp.mood AS ENUM ('ok'); CREATE TYPE pg_temp.span AS RANGE (subtype ="
            + " int); CREATE DOMAIN pg_temp.positive AS int; COMMENT ON TYPE pg_temp.mood IS 'x'",
        "CREATE AGGREGATE pg_temp.total (int) (SFUNC = int4pl, STYPE = int)",
        "CREATE FUNCTION pg_temp.one() RETURNS int LANGUAGE sql AS 'SELECT 1';"
            + " COMMENT ON FUNCTION pg_temp.one() IS 'x'; SELECT pg_temp.one()",
        "CREATE TEMP TABLE kept (a int CONSTRAINT positive CHECK (a > 0));"
            + " COMMENT ON CONSTRAINT positive ON kept IS 'x'; CREATE TEMP TABLE keys (LIKE kept"
            + " INCLUDING ALL)",
        "CREATE TEMP SEQUENCE numbers; CREATE TEMP VIEW seen AS SELECT a FROM t;"
            + " SELECT nextval('numbers')",
        "CREATE TEMP TABLE keys () INHERITS (t)",
        "DO $$ BEGIN CREATE TEMP TABLE keys AS SELECT a FROM t; UPDATE t SET a = 7; DROP TABLE"
            + " keys; END $$",
        "UPDATE t SET a = a + 1; REINDEX TABLE t",
        "ANALYZE t",
        "SELECT setval('s', 7)",
        "LOCK TABLE t",
        "SET LOCAL work_mem = '1MB'",
        "ALTER TABLE t DISABLE TRIGGER ALL; UPDATE t SET a = 2; ALTER TABLE t ENABLE TRIGGER ALL"
      })
  void stepThatChangesNoDefinitionIsAccepted(String step) throws SQLException {
    assertThat(run(step).steps()).hasSize(1);
  }

  @Test
  void definitionThatALaterStepRestoresIsAccepted() throws SQLException {
    assertThat(
            run(
                    "CREATE TEMP TABLE keys AS SELECT a FROM t; ALTER TABLE t ALTER a SET NOT NULL",
                    "UPDATE t SET a = -a",
                    "ALTER TABLE t ALTER a DROP NOT NULL")
                .steps())
        .hasSize(3);
  }
}
