package dev.decant.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.postgres.Queries;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The counts of rows that violate a constraint. The names of tables and columns need quotes. */
final class ViolationCountIT {
  private static final TableName CHILD = new TableName("public", "Order \"lines\"");
  private static final TableName PARENT = new TableName("public", "Order");

  private static VerifiedDatabase database;

  @BeforeAll
  static void makeTables() throws SQLException {
    database =
        new VerifiedDatabase(
            """
            CREATE TABLE "Order" ("a b" int, c int);
            INSERT INTO "Order" VALUES (1, 1), (1, 2), (2, 1);
            CREATE TABLE "Order ""lines""\" (x int, "y z" int);
            INSERT INTO "Order ""lines""\" VALUES
              (1, 1), (1, 1), (1, 1), (2, 1), (2, 2), (9, NULL), (9, NULL), (NULL, NULL), (7, 7)
            """);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static long count(String query) throws SQLException {
    try (Connection connection = database.connect()) {
      return Queries.number(connection, query, "counting");
    }
  }

  private static long duplicates(String... columns) throws SQLException {
    return count(
        ViolationCount.ofUnique(
            new UniqueKey("k", CHILD, List.of(columns), UniqueKey.Kind.UNIQUE)));
  }

  @Test
  void firstRowOfAKeyIsNoViolationAndNullsAreDistinct() throws SQLException {
    assertThat(duplicates("x", "y z")).isEqualTo(2);
    assertThat(duplicates("x")).isEqualTo(2 + 1 + 1);
  }

  @Test
  void tableWithoutDuplicatesHasNoViolation() throws SQLException {
    assertThat(
            count(
                ViolationCount.ofUnique(
                    new UniqueKey("k", PARENT, List.of("a b", "c"), UniqueKey.Kind.UNIQUE))))
        .isZero();
  }

  @Test
  void rowsWithoutTheirReferencedRowAreCountedAndThoseWithANullAreNot() throws SQLException {
    ForeignKey key = new ForeignKey("f", CHILD, List.of("x", "y z"), PARENT, List.of("a b", "c"));
    assertThat(count(ViolationCount.ofForeignKey(key))).isEqualTo(2);
    ForeignKey single = new ForeignKey("f", CHILD, List.of("x"), PARENT, List.of("a b"));
    assertThat(count(ViolationCount.ofForeignKey(single))).isEqualTo(3);
  }
}
