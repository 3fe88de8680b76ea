package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import dev.decant.testing.SqlAsciiSnapshot;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes and rolls back staging databases, as a role that is no superuser. */
final class RefreshIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(STORE);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void stagingIsRefreshedAndRolledBack(PostgresVersion version) throws SQLException {
    try (Staging staging = Staging.on(version)) {
      RefreshResult.Refreshed result =
          (RefreshResult.Refreshed) Refresh.run(staging.request(STORE, ""));
      assertThat(result.rows()).isNotEmpty();
      assertThat(staging.isOld()).isFalse();
      assertThat(staging.ask("SELECT snapshot FROM decant.refresh"))
          .contains(ShopSnapshot.NAME.toString());
      assertThat(staging.databases()).containsExactly(staging.name(), result.previous());
      assertThat(staging.history("status || ' ' || action")).isEqualTo("done refresh");
      assertThat(result.activity().downtimeMillis()).isLessThan(1000);

      RefreshResult back = Rollback.run(staging.request(STORE, ""));
      assertThat(staging.isOld()).isTrue();
      assertThat(staging.databases()).containsExactly(staging.name(), back.previous());
      Rollback.run(staging.request(STORE, ""));
      assertThat(staging.isOld()).isFalse();
    }
  }

  @Test
  void onlySoManyPreviousDatabasesStayAsTheTargetSays() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      Refresh.run(staging.request(STORE, "previous: { keep: 2 }"));
      Refresh.run(staging.request(STORE, "previous: { keep: 2 }"));
      Refresh.run(staging.request(STORE, "previous: { keep: 2 }"));
      assertThat(staging.databases()).hasSize(3);
      Refresh.run(staging.request(STORE, "previous: { keep: 0 }"));
      assertThat(staging.databases()).containsExactly(staging.name());
    }
  }

  /** The old database of staging is in UTF-8, so it could not hold the bytes. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSnapshotWithBytesOfUnknownEncodingGetsADatabaseForThem(boolean old) throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    SqlAsciiSnapshot.publish(store, "Meier");
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      if (!old) {
        staging.asSuperuser("DROP DATABASE " + staging.name());
      }
      Refresh.run(staging.request(store, ""));
      Refresh.run(staging.request(store, "keep-tables: [public.t]"));

      assertThat(staging.ask("SHOW server_encoding")).contains("SQL_ASCII");
      assertThat(staging.ask(SqlAsciiSnapshot.QUERY)).contains(SqlAsciiSnapshot.KEPT);
    }
  }

  @Test
  void aTargetThatIsNotThereYetIsMade() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      staging.asSuperuser("DROP DATABASE " + staging.name());
      RefreshResult result = Refresh.run(staging.request(STORE, ""));
      assertThat(result.previous()).isNull();
      assertThat(staging.ask("SELECT count(*) FROM decant.refresh")).contains("1");
    }
  }

  @Test
  void anchorsGetTheTargetsOwnIdentityAndItsPasswordLogsIn() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V15)) {
      Refresh.run(
          staging.request(
              STORE,
              """
              rekey:
                admin:
                  set: { email: '${ADMIN_EMAIL}', full_name: Staging Admin, is_superuser: true }
                  password: { column: hashed_password, algorithm: bcrypt, cost: 12, value: '${ADMIN_PASSWORD}' }
              assertions:
                - { name: one staging admin, sql: "select count(*) from \\"user\\" where email = 'admin@staging.example'", equals: 1 }
              """));
      staging.asSuperuser("SELECT 1");
      staging.execute("CREATE EXTENSION pgcrypto");
      assertThat(
              staging.ask(
                  "SELECT full_name || crypt('correct horse', hashed_password) || ' ' ||"
                      + " hashed_password FROM \"user\" WHERE email = 'admin@staging.example'"))
          .get()
          .asString()
          .startsWith("Staging Admin$2a$12$")
          .satisfies(
              row -> {
                String[] hashes = row.substring("Staging Admin".length()).split(" ", -1);
                assertThat(hashes[0]).isEqualTo(hashes[1]);
              });
    }
  }

  @Test
  void sqlPrivilegesSettingsGrantsAndSequencesAreSet() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V17)) {
      String reader = staging.name() + "_reader";
      staging.asSuperuser("CREATE ROLE " + reader);
      try {
        staging.asSuperuser(
            "ALTER DATABASE "
                + staging.name()
                + " SET search_path = public, \"Other Schema\"; ALTER DATABASE "
                + staging.name()
                + " SET work_mem = '7MB'; REVOKE CONNECT ON DATABASE "
                + staging.name()
                + " FROM PUBLIC; GRANT CONNECT ON DATABASE "
                + staging.name()
                + " TO "
                + reader
                + "; COMMENT ON DATABASE "
                + staging.name()
                + " IS 'it''s staging'");
        Refresh.run(
            staging.request(
                STORE,
                """
                sql: [ "insert into address select (jsonb_populate_record(a, jsonb_build_object('id', 900000))).* from address a limit 1" ]
                privileges: [ grant select on all tables in schema public to %s ]
                """
                    .formatted(reader)));
        assertThat(staging.ask("SHOW search_path")).contains("public, \"Other Schema\"");
        assertThat(staging.ask("SHOW work_mem")).contains("7MB");
        assertThat(
                staging.ask(
                    "SELECT datacl::text || shobj_description(oid, 'pg_database') FROM pg_database"
                        + " WHERE datname = current_database()"))
            .get()
            .asString()
            .contains(reader + "=c/")
            .contains("it's staging")
            .doesNotContain("{=");
        assertThat(
                staging.ask(
                    "SELECT has_table_privilege('" + reader + "', 'public.user', 'SELECT')"))
            .contains("t");
        assertThat(staging.ask("SELECT nextval('address_id_seq')")).contains("900001");
      } finally {
        for (String each : staging.databases()) {
          staging.execute("SELECT 1");
          try (var connection = staging.connect(each);
              var statement = connection.createStatement()) {
            statement.execute("DROP OWNED BY " + staging.name() + " CASCADE");
          } catch (SQLException e) {
            // The database is dropped anyway.
          }
        }
        for (String each : staging.databases()) {
          staging.asSuperuser("DROP DATABASE \"" + each + "\" WITH (FORCE)");
        }
        staging.asSuperuser("DROP ROLE " + reader);
      }
    }
  }

  @Test
  void keptTablesSurviveWithTheirRows() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V16)) {
      Refresh.run(staging.request(STORE, ""));
      staging.execute("DELETE FROM newsletter_subscriber");
      staging.execute(
          "INSERT INTO newsletter_subscriber (id, name, email) VALUES (7, 'Own',"
              + " 'own@staging.example')");
      RefreshResult.Refreshed result =
          (RefreshResult.Refreshed)
              Refresh.run(staging.request(STORE, "keep-tables: [public.newsletter_subscriber]"));
      assertThat(result.rows().toString()).contains("newsletter_subscriber=1");
      assertThat(staging.ask("SELECT name FROM newsletter_subscriber")).contains("Own");
    }
  }

  @Test
  void aKeptTableWithOtherColumnsEndsTheRefreshAndNamesThem() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V16)) {
      Refresh.run(staging.request(STORE, ""));
      staging.execute("ALTER TABLE newsletter_subscriber ADD COLUMN ours text");
      assertThatThrownBy(
              () ->
                  Refresh.run(
                      staging.request(STORE, "keep-tables: [public.newsletter_subscriber]")))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
          .hasMessageContaining("ours text");
      assertThat(staging.databases()).hasSize(2);
      assertThat(staging.ask("SELECT ours FROM newsletter_subscriber LIMIT 1")).isEmpty();
    }
  }

  @Test
  void aFailedAssertionLeavesStagingAsItWas() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      String more =
          """
          assertions: [ { name: never holds, sql: select 1, equals: 2 } ]
          """;
      assertThatThrownBy(() -> Refresh.run(staging.request(STORE, more)))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED))
          .hasMessageContaining(
              "never holds: the query found another value than the target expects");
      assertThat(staging.isOld()).isTrue();
      assertThat(staging.databases()).containsExactly(staging.name());
      assertThat(staging.history("status || ' ' || step")).isEqualTo("failed check");
      assertThat(staging.history("error")).contains("never holds");
    }
  }

  @Test
  void aHookThatFailsAfterTheSwapRollsBackUnlessToldToKeep() throws SQLException {
    String more = "hooks: { after: [ { command: ['false'], within: 2s, retries: 0 } ] }";
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      assertThatThrownBy(() -> Refresh.run(staging.request(STORE, more)))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOOK_FAILED));
      assertThat(staging.isOld()).isTrue();
      assertThat(staging.databases()).containsExactly(staging.name());
      assertThat(staging.history("status")).isEqualTo("rolled back");

      assertThat(new Asked(staging, STORE).more(more).keep().refresh().activity().warnings())
          .anySatisfy(w -> assertThat(w).contains("--keep"));
      assertThat(staging.isOld()).isFalse();
    }
  }

  @Test
  @Needs(Component.PSQL)
  void migrationsRunInTheNewDatabaseBeforeTheSwap() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V15)) {
      Refresh.run(
          staging.request(
              STORE,
              """
              hooks:
                migrate: [ { command: [psql, -qc, 'create table migrated as select current_database() as name'] } ]
              """));
      assertThat(staging.ask("SELECT name FROM migrated")).get().asString().contains("_next_");
    }
  }

  @Test
  @Needs(Component.PSQL)
  void whatAMembersMigrationMakesIsTheOwners() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V17)) {
      String owner = staging.name() + "_the \\ \"owner\"";
      String quoted = '"' + owner.replace("\"", "\"\"") + '"';
      staging.asSuperuser("CREATE ROLE " + quoted + "; GRANT " + quoted + " TO " + staging.name());
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " OWNER TO " + quoted);
      try {
        Refresh.run(
            staging.request(
                STORE,
                "previous: { keep: 0 }\n"
                    + "hooks: { migrate: [ { command: [psql, -v, ON_ERROR_STOP=1, -qc, 'create"
                    + " table migrated ()'] } ] }"));
        assertThat(staging.ask("SELECT tableowner FROM pg_tables WHERE tablename = 'migrated'"))
            .contains(owner);
      } finally {
        staging.asSuperuser("ALTER DATABASE " + staging.name() + " OWNER TO " + staging.name());
        staging.asSuperuser("DROP DATABASE " + staging.name() + " WITH (FORCE)");
        staging.asSuperuser("DROP ROLE " + quoted);
      }
    }
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndTouchesNothing() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      Refresh.run(staging.request(STORE, "previous: { keep: 2 }"));
      staging.execute("CREATE DATABASE " + staging.name() + "_next_20260101000000");
      List<String> before = staging.allDatabases();
      String history = staging.history("count(*) OVER ()");
      RefreshResult.Planned result =
          (RefreshResult.Planned)
              new Asked(staging, STORE)
                  .more(
                      """
                      keep-tables: [public.newsletter_subscriber]
                      schema-version: { sql: select 1, at-most: 20260301 }
                      sql: [ select 41 ]
                      rekey: { admin: { set: { full_name: Staging Admin }, password: { column: hashed_password, algorithm: bcrypt, value: '${ADMIN_PASSWORD}' } } }
                      privileges: [ select 42 ]
                      assertions: [ { name: one admin, sql: select 1, equals: 1 } ]
                      previous: { keep: 1 }
                      hooks:
                        before: [ { command: ['false', before] } ]
                        migrate: [ { command: ['false', migrate] } ]
                        after: [ { command: ['false', after] } ]
                      """)
                  .dryRun()
                  .refresh();
      assertThat(result.plan()).hasSize(15);
      String plan = String.join("\n", result.plan());
      assertThat(plan.replaceAll("[0-9]{14}", "TIME").replace(staging.name(), "app"))
          .contains("drop database app_next_TIME of a run that did not finish")
          .contains("create database app_next_TIME and load " + ShopSnapshot.NAME + ": ")
          .containsSubsequence(
              "keep the rows of public.newsletter_subscriber of app",
              "check that the version of its schema is at most 20260301",
              "run sql: sql step 1 (line 11 of the targets file)",
              "give anchor admin a new identity: full_name, hashed_password",
              "set sequences to the largest values of their columns, and write decant.refresh",
              "migrate hook: run false",
              "run privilege: ",
              "check: one admin",
              "copy the settings, grants and comment of app",
              "before hook: run false",
              "end the sessions of app, rename it to app_previous_TIME",
              "after hook: run false",
              "drop the previous database app_previous_TIME")
          .doesNotContain("correct horse", "Staging Admin");
      assertThat(staging.allDatabases()).isEqualTo(before);
      assertThat(staging.history("count(*) OVER ()")).isEqualTo(history);
    }
  }

  @Test
  void aDryRunOnAServerWithoutAHistoryMakesNone() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      List<String> before = staging.allDatabases();
      new Asked(staging, STORE).dryRun().refresh();
      assertThat(staging.allDatabases()).isEqualTo(before);
      assertThat(staging.isOld()).isTrue();
    }
  }

  @Test
  void postChecksTellWhatTheyCounted() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      RefreshResult.Refreshed result =
          (RefreshResult.Refreshed)
              Refresh.run(
                  staging.request(
                      STORE,
                      """
                      assertions:
                        - { name: one admin, sql: "select count(*) from \\"user\\" where is_superuser", equals: 1 }
                        - { name: no stray row, sql: "select 1 from \\"user\\" where id < 0", empty: true }
                      """));
      assertThat(result.checks())
          .containsExactly(
              new RefreshResult.Check("one admin", true, "1"),
              new RefreshResult.Check("no stray row", true, "0 rows"));
    }
  }
}
