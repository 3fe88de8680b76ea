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
            "CREATE TABLE t (a int); CREATE TABLE other (a int); CREATE SEQUENCE s;"
                + " CREATE SEQUENCE untouched; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS"
                + " 'SELECT 1'; INSERT INTO t VALUES (1), (2), (3); INSERT INTO other VALUES (1)");
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
        "SELECT lo_create(0)"
      })
  void stepThatChangesADefinitionIsRefusedAndLeavesNothing(String step) throws SQLException {
    assertThatThrownBy(() -> run("DELETE FROM t", step, "SELECT 1"))
        .hasMessageContainingAll("step \"step 2\" (line 11", "changed a definition");
    assertThat(rowsOfT()).hasSize(3);
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
