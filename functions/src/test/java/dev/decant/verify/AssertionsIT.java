package dev.decant.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AssertionsIT {
  private static VerifiedDatabase database;

  @BeforeAll
  static void makeTables() throws SQLException {
    database =
        new VerifiedDatabase(
            "CREATE TABLE t (a text); INSERT INTO t VALUES ('canary4711'), ('canary4712'), (NULL)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static Assertions.Result check(String sql, @Nullable String equals) throws SQLException {
    try (Connection connection = database.connect()) {
      return Assertions.check(
              connection, List.of(new Policy.Assertion("one", 7, sql, equals)), "policy")
          .getFirst();
    }
  }

  @Test
  void queryWithoutRowsHolds() throws SQLException {
    assertThat(check("SELECT a FROM t WHERE false", null))
        .isEqualTo(new Assertions.Holds("one", "0 rows"));
  }

  @Test
  void rowsThatShouldNotExistAreCountedAndNotShown() throws SQLException {
    assertThat(check("SELECT a FROM t WHERE a IS NOT NULL", null))
        .isEqualTo(
            new Assertions.Fails("one", "2 rows", "the query found 2 rows, but none was expected"));
    assertThat(check("SELECT a FROM t WHERE a IS NULL", null).found()).isEqualTo("1 row");
  }

  @Test
  void numberThatIsExpectedIsShownAndOtherTextsAreNot() throws SQLException {
    assertThat(check("SELECT count(*) FROM t", "3")).isEqualTo(new Assertions.Holds("one", "3"));
    assertThat(check("SELECT min(a) FROM t", "canary4711"))
        .isEqualTo(new Assertions.Holds("one", ""));
  }

  @Test
  void anotherValueFailsWithoutShowingIt() throws SQLException {
    assertThat(check("SELECT max(a) FROM t", "canary4711"))
        .isEqualTo(
            new Assertions.Fails(
                "one", "", "the query found another value than the policy expects"));
    assertThat(check("SELECT count(*) FROM t", "4")).isInstanceOf(Assertions.Fails.class);
  }

  @Test
  void nullIsNotTheTextNullAndNoRowIsNoValue() throws SQLException {
    assertThat(check("SELECT a FROM t WHERE a IS NULL", "null"))
        .isInstanceOf(Assertions.Fails.class);
    assertThat(check("SELECT a FROM t WHERE false", "null")).isInstanceOf(Assertions.Fails.class);
  }

  @Test
  void secondRowFailsAnAssertionOfOneValue() throws SQLException {
    assertThat(check("SELECT '1' FROM t", "1"))
        .isEqualTo(new Assertions.Fails("one", "", "the query found more than one row"));
  }

  @Test
  void assertionCannotWrite() {
    assertThatThrownBy(() -> check("DELETE FROM t RETURNING a", null))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED))
        .hasMessageContainingAll("Assertion \"one\" (line 7 of the policy) failed", "25006");
  }

  @Test
  void failingQueryShowsNoRowAndNamesTheFileOfATarget() throws SQLException {
    List<Policy.Assertion> bad =
        List.of(new Policy.Assertion("one", 7, "SELECT a::int FROM t", "1"));
    try (Connection connection = database.connect()) {
      assertThatThrownBy(() -> Assertions.check(connection, bad, "target"))
          .hasMessageContaining("(line 7 of the targets file)")
          .hasMessageNotContaining("canary")
          .hasNoCause();
      // The failed transaction has ended, so the connection serves for another assertion.
      List<Policy.Assertion> good = List.of(new Policy.Assertion("two", 8, "SELECT 1", "1"));
      assertThat(Assertions.check(connection, good, "target"))
          .containsExactly(new Assertions.Holds("two", "1"));
    }
  }
}
