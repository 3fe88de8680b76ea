package dev.decant.reidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.TableName;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ReidentificationIT {
  private static final TableName PERSON = new TableName("public", "person");
  private static final TableName WIDE = new TableName("public", "wide");
  private static final TableName ODD = new TableName("public", "Odd \"table\" x");
  private static PlainDatabase database;

  @BeforeAll
  static void makeTables() throws SQLException {
    database = PlainDatabase.on(PostgresVersion.V18);
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE person (birth date, city text, extra json);
          INSERT INTO person SELECT '1980-05-06', 'canary4711' FROM generate_series(1, 7);
          INSERT INTO person SELECT '1980-05-06', 'Canary4711' FROM generate_series(1, 3);
          INSERT INTO person VALUES ('1981-01-01', NULL), (NULL, 'canary4711');
          INSERT INTO person SELECT NULL, NULL, '{}' FROM generate_series(1, 4);
          CREATE TABLE "Odd ""table"" x" ("a""b" json, p point, v varchar(5)[], n numeric);
          INSERT INTO "Odd ""table"" x" VALUES
            ('{"x":1}', '(1,2)', '{a}', 1.0), ('{"x":1}', '(1,2)', '{a}', 1.00),
            ('{"x":2}', '(1,2)', '{a}', 1.0);
          CREATE TABLE large AS SELECT g AS n, md5(g::text) AS t FROM generate_series(1, 300000) AS g;
          CREATE UNLOGGED TABLE wide AS
            SELECT g::text || repeat('x', 1200) AS t FROM generate_series(1, 200000) AS g;
          CREATE TABLE part (k int, city text) PARTITION BY LIST (k);
          CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
          CREATE TABLE part_2 PARTITION OF part FOR VALUES IN (2);
          INSERT INTO part VALUES (1, 'x'), (2, 'x');
          CREATE TABLE nobody (city text);
          """);
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    database.close();
  }

  private static Manifest.@Nullable Reidentification count(
      TableName table, int atLeast, Duration limit, String... columns) throws SQLException {
    try (Connection connection = database.connect()) {
      return Reidentification.count(
          connection,
          new Policy.Reidentification(
              List.of(new Policy.QuasiIdentifiers(table, 1, List.of(columns))), atLeast),
          CatalogReader.read(connection),
          limit);
    }
  }

  private static Manifest.QuasiIdentifiers counts(TableName table, String... columns)
      throws SQLException {
    return Objects.requireNonNull(count(table, 0, Reidentification.LIMIT, columns))
        .tables()
        .getFirst();
  }

  @Test
  void groupsAreCountedExactlyAndNullIsAValueButNoPerson() throws SQLException {
    assertThat(counts(PERSON, "birth", "city"))
        .isEqualTo(
            new Manifest.QuasiIdentifiers(PERSON, List.of("birth", "city"), 12, 4, 4, 1, 2, 5));
    assertThat(counts(PERSON, "birth").below()).isEqualTo(1);
  }

  @Test
  void typesWithoutEqualityAreComparedByTheirText() throws SQLException {
    assertThat(counts(ODD, "a\"b", "p", "v").unique()).isEqualTo(1);
    assertThat(counts(ODD, "n").groups()).isEqualTo(2);
    assertThat(counts(PERSON, "extra").rows()).isEqualTo(4);
  }

  @Test
  void rowsOfAllPartitionsAreCountedTogether() throws SQLException {
    assertThat(counts(new TableName("public", "part"), "city").smallest()).isEqualTo(2);
  }

  @Test
  void aTableWithoutRowsHasNoGroups() throws SQLException {
    TableName nobody = new TableName("public", "nobody");
    assertThat(counts(nobody, "city"))
        .isEqualTo(new Manifest.QuasiIdentifiers(nobody, List.of("city"), 0, 0, 0, 0, 0, 0));
    assertThat(count(nobody, 2, Reidentification.LIMIT, "city")).isNotNull();
  }

  @Test
  void withoutALimitFiveRowsAreTheMeasure() throws SQLException {
    assertThat(count(PERSON, 0, Reidentification.LIMIT, "city"))
        .isNotNull()
        .satisfies(
            found -> {
              assertThat(found.k()).isEqualTo(5);
              assertThat(found.required()).isFalse();
              assertThat(found.tables().getFirst().below()).isPositive();
              Reidentification.require(found);
            });
  }

  @Test
  void aSmallGroupFailsTheAssertionWithoutAValue() throws SQLException {
    Manifest.Reidentification found =
        Objects.requireNonNull(count(PERSON, 5, Reidentification.LIMIT, "birth", "city"));
    assertThatThrownBy(() -> Reidentification.require(found))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED))
        .hasMessageContaining(
            "table public.person, columns birth, city: 5 of 12 rows are in groups with fewer than 5"
                + " rows, and 2 are unique")
        .hasMessageNotContaining("anary");
  }

  @Test
  void groupsThatAreLargeEnoughHold() throws SQLException {
    assertThat(count(new TableName("public", "part"), 2, Reidentification.LIMIT, "city"))
        .isNotNull()
        .satisfies(
            found -> {
              assertThat(found.required()).isTrue();
              Reidentification.require(found);
            });
  }

  @Test
  void aTableThatTakesTooLongIsNamedAndFailsTheAssertion() throws SQLException {
    TableName large = new TableName("public", "large");
    assertThat(count(large, 0, Duration.ofMillis(1), "t"))
        .isNotNull()
        .satisfies(found -> assertThat(found.notCounted()).containsExactly(large));
    Manifest.Reidentification required =
        Objects.requireNonNull(count(large, 2, Duration.ofMillis(1), "t"));
    assertThatThrownBy(() -> Reidentification.require(required))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED))
        .hasMessageContaining(
            "table public.large: its rows could not be counted within the limits");
  }

  @Test
  void groupsThatFitInNoMemoryAreCountedOnDisk() throws SQLException {
    assertThat(counts(WIDE, "t"))
        .isEqualTo(
            new Manifest.QuasiIdentifiers(
                WIDE, List.of("t"), 200_000, 0, 200_000, 1, 200_000, 200_000));
  }

  @Test
  void aTableThatNeedsTooMuchDiskIsNotCounted() throws SQLException {
    database.asSuperuser("ALTER ROLE " + database.name() + " SET temp_file_limit = '1MB'");
    try {
      assertThat(count(WIDE, 0, Reidentification.LIMIT, "t"))
          .isNotNull()
          .satisfies(found -> assertThat(found.notCounted()).containsExactly(WIDE));
      assertThat(count(PERSON, 0, Reidentification.LIMIT, "city")).isNotNull();
    } finally {
      database.asSuperuser("ALTER ROLE " + database.name() + " RESET temp_file_limit");
    }
  }

  @Test
  void withoutQuasiIdentifiersNothingIsCounted() throws SQLException {
    try (Connection connection = database.connect()) {
      assertThat(
              Reidentification.count(
                  connection,
                  new Policy.Reidentification(List.of(), 0),
                  CatalogReader.read(connection)))
          .isNull();
    }
  }
}
