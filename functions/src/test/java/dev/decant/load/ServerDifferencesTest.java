package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseEncoding;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ServerDifferencesTest {
  /** Statements that every server supports, as pg_dump writes them. */
  private static final String OLD =
      """
      CREATE TABLE a.t (
          id integer NOT NULL,
          period integer NOT NULL,
          x text
      );

      CREATE TABLE a.t (
          v tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple'::regconfig, COALESCE(name, ''::text)), 'A'::"char")) STORED,
          b integer NOT NULL
      );

      CREATE TABLE a.t (
          a numeric(10,2),
          b numeric GENERATED ALWAYS AS ((a *
      CASE
          WHEN (a > (0)::numeric) THEN (1)::numeric
          ELSE (2)::numeric
      END)) STORED NOT NULL,
          c text
      );

      CREATE TABLE a.t (
          enforced boolean,
          CONSTRAINT c CHECK ((NOT enforced))
      );

      CREATE TABLE a.t (
          "NOT ENFORCED" text,
          "x PERIOD y" text
      );

      CREATE FUNCTION a.f() RETURNS trigger
          LANGUAGE plpgsql
          AS $$
      begin
        return new;
      end
      $$;

      CREATE FUNCTION a.return(return integer) RETURNS integer
          LANGUAGE sql
          AS $_$
        SELECT 1; --
        BEGIN ATOMIC
      $_$;

      CREATE VIEW a.v AS
       SELECT t.security_invoker
         FROM a.t;

      ALTER TABLE ONLY a.t
          ADD CONSTRAINT c FOREIGN KEY (x, period) REFERENCES a.u(x, period);
      """;

  private static final String NEW =
      """
      14 CREATE FUNCTION a.f(x integer) RETURNS integer
          LANGUAGE sql
          RETURN (x + 1);

      14 CREATE PROCEDURE a.f()
          LANGUAGE sql
          BEGIN ATOMIC
       SELECT 1;
      END;

      14 CREATE TYPE a.r AS RANGE (
          subtype = text,
          multirange_type_name = a.rs
      );

      15 CREATE UNIQUE INDEX i ON a.t USING btree (x) NULLS NOT DISTINCT;

      15 CREATE VIEW a.v WITH (security_barrier='true', security_invoker='true') AS
       SELECT 1 AS x;

      15 ALTER TABLE ONLY a.t
          ADD CONSTRAINT c FOREIGN KEY (x, y) REFERENCES a.u(x, y) ON DELETE SET NULL (y);

      16 CREATE COLLATION a.c (provider = icu, locale = 'und', rules = '&V << w');

      17 CREATE COLLATION a.c (provider = builtin, locale = 'C.UTF-8');

      18 CREATE TABLE a.t (
          b integer GENERATED ALWAYS AS ((a * 2)),
          c integer
      );

      18 CREATE TABLE a.t (
          a integer,
          b integer GENERATED ALWAYS AS ((a * 2))
      );

      18 CREATE TABLE a.t (
          s tsvector GENERATED ALWAYS AS (f(a, b)) STORED,
          b integer GENERATED ALWAYS AS (
      CASE
          WHEN (a > 0) THEN 1
          ELSE 2
      END) NOT NULL
      );

      18 ALTER TABLE ONLY a.t
          ADD CONSTRAINT c FOREIGN KEY (x, PERIOD y) REFERENCES a.u(x, PERIOD y);

      18 ALTER TABLE ONLY a.t
          ADD CONSTRAINT c FOREIGN KEY (x, PERIOD "at") REFERENCES a.u(x, PERIOD "at");

      18 ALTER TABLE ONLY a.t
          ADD CONSTRAINT c PRIMARY KEY (x, y WITHOUT OVERLAPS);

      18 ALTER TABLE ONLY a.t
          ADD CONSTRAINT c NOT NULL x NOT VALID;

      18 CREATE TABLE a.t (
          a integer,
          CONSTRAINT c CHECK ((a > 0)) NOT ENFORCED
      );
      """;

  private static Stream<String> old() {
    return Arrays.stream(OLD.split("\n\n"));
  }

  private static Stream<String> recent() {
    return Arrays.stream(NEW.split("\n\n"));
  }

  private static void require(String sql, int server, @Nullable String snapshot) {
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(sql.getBytes(UTF_8)))) {
      Statement statement = (Statement) reader.next();
      ServerDifferences.require(
          new SnapshotSchema(
              List.of(), List.of(statement), List.of(), false, DatabaseEncoding.UTF8),
          server,
          snapshot,
          "Advice.");
    }
  }

  @ParameterizedTest
  @MethodSource("old")
  void whatIsOldPassesWhoeverTookTheSnapshot(String sql) {
    assertThatCode(() -> require(sql, 13, "18.1")).doesNotThrowAnyException();
    assertThatCode(() -> require(sql, 13, null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("recent")
  void whatIsNewIsRefusedByOlderServersOnly(String sinceAndSql) {
    int since = Integer.parseInt(sinceAndSql.substring(0, 2));
    String sql = sinceAndSql.substring(3);
    assertThatCode(() -> require(sql, since, "18.1")).doesNotThrowAnyException();
    assertThatThrownBy(() -> require(sql, since - 1, null))
        .hasMessageContaining("(since " + since + ")");
    assertThatThrownBy(() -> require(sql, since - 1, "18.1"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessageContaining("(since " + since + ")");
  }

  /** The texts look like newer features, but the snapshot's own server understood them. */
  @Test
  void noSnapshotIsTooNewForItsOwnVersion() {
    String sql = "CREATE TABLE a.t (b integer GENERATED ALWAYS AS ((a * 2)));";
    assertThatCode(() -> require(sql, 16, "16.9 (Debian 16.9-1)")).doesNotThrowAnyException();
    assertThatCode(() -> require(sql, 15, "16.9")).doesNotThrowAnyException();
    assertThatThrownBy(() -> require(sql, 17, "18.0")).hasMessageContaining("virtual");
  }
}
