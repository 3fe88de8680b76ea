package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that go into tables by COPY, and the tables that can take them. */
final class CopyIntoIT {
  private static final TableName T = new TableName("public", "T \"1\"");
  private static final byte[] ROWS = "1\tx\n2\ty\n".getBytes(UTF_8);

  private PlainDatabase database;
  private Connection connection;

  @BeforeEach
  void makeTables() throws SQLException {
    database = PlainDatabase.on(PostgresVersion.V18);
    connection = database.connect();
    Queries.execute(
        connection,
        "CREATE TABLE "
            + T.sql()
            + " (id int, a text); CREATE TABLE parted (id int) PARTITION BY LIST (id);"
            + " CREATE TABLE part1 PARTITION OF parted FOR VALUES IN (1) PARTITION BY LIST (id);"
            + " CREATE TABLE part2 PARTITION OF part1 DEFAULT; CREATE VIEW v AS SELECT 1 AS one",
        "making tables");
  }

  @AfterEach
  void drop() throws SQLException {
    connection.close();
    database.close();
  }

  private long rows() {
    return Queries.number(connection, "SELECT count(*) FROM " + T.sql(), "counting");
  }

  @Test
  void committedRowsAreInTheTable() {
    try (CopyInto copy = new CopyInto(connection, CopyInto.statement(T, null), "loading t")) {
      copy.write(ROWS, 0, 3);
      copy.write(ROWS, 3, ROWS.length);
      assertThat(copy.commit()).isEqualTo(2);
    }
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void rowsThatAreNotCommittedAreRolledBackAndTheConnectionEnds() throws SQLException {
    try (CopyInto copy = new CopyInto(connection, CopyInto.statement(T, null), "loading t")) {
      copy.write(ROWS, 0, ROWS.length);
    }
    assertThat(connection.isClosed()).isTrue();
    connection = database.connect();
    assertThat(rows()).isZero();
  }

  @Test
  void badRowIsReportedByItsNumberOnly() {
    byte[] bad = "1\tx\ncanary\ty\n".getBytes(UTF_8);
    try (CopyInto copy = new CopyInto(connection, CopyInto.statement(T, null), "loading t")) {
      copy.write(bad, 0, bad.length);
      assertThatThrownBy(copy::commit)
          .hasMessageContainingAll("Loading t failed", "row 2 of the COPY")
          .hasMessageNotContaining("canary")
          .hasNoCause();
    }
    assertThat(rows()).isZero();
  }

  @Test
  void columnsMayHaveAnotherOrder() {
    byte[] swapped = "x\t1\n".getBytes(UTF_8);
    String statement = CopyInto.statement(T, List.of("a", "id"));
    try (CopyInto copy = new CopyInto(connection, statement, "loading t")) {
      copy.write(swapped, 0, swapped.length);
      assertThat(copy.commit()).isEqualTo(1);
    }
    assertThat(Queries.text(connection, "SELECT a FROM " + T.sql(), "reading")).contains("x");
  }

  @Test
  void plainTablesAreThoseWithRowsOfTheirOwn() {
    assertThat(PlainTables.of(database.asDatabase()))
        .contains(T, new TableName("public", "part2"))
        .doesNotContain(
            new TableName("public", "parted"),
            new TableName("public", "part1"),
            new TableName("public", "v"));
  }

  @Test
  void partitionsOfAllLevelsAreFound() {
    assertThat(
            PlainTables.withPartitions(
                database.asDatabase(), Set.of(new TableName("public", "parted"))))
        .containsExactlyInAnyOrder(
            new TableName("public", "parted"),
            new TableName("public", "part1"),
            new TableName("public", "part2"));
    assertThat(PlainTables.withPartitions(database.asDatabase(), Set.of())).isEmpty();
  }
}
