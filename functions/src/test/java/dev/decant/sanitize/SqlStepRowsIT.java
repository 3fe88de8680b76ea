package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of sql steps are published, and assertions are evaluated over the published rows. */
class SqlStepRowsIT {
  private static final String DUMP =
      """
      CREATE TABLE public.setting (id integer NOT NULL, value text);

      CREATE TABLE public.part (id integer NOT NULL, kind text NOT NULL) PARTITION BY LIST (kind);
      CREATE TABLE public.part_a (id integer NOT NULL, kind text NOT NULL);
      CREATE TABLE public.part_b (id integer NOT NULL, kind text NOT NULL);
      ALTER TABLE ONLY public.part ATTACH PARTITION public.part_a FOR VALUES IN ('a');
      ALTER TABLE ONLY public.part ATTACH PARTITION public.part_b FOR VALUES IN ('b');

      CREATE SEQUENCE public.counter START WITH 1;
      CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'select 1';

      COPY public.setting (id, value) FROM stdin;
      1\tone
      2\ttwo
      3\tthree
      \\.

      COPY public.part (id, kind) FROM stdin;
      1\ta
      \\.

      COPY public.part_b (id, kind) FROM stdin;
      2\tb
      \\.

      SELECT pg_catalog.setval('public.counter', 5, false);

      ALTER TABLE ONLY public.setting
          ADD CONSTRAINT setting_pkey PRIMARY KEY (id);
      """;

  @TempDir Path folder;
  private SmallDump dump = new SmallDump(Path.of(""));

  @BeforeEach
  void inItsFolder() {
    dump = new SmallDump(folder);
  }

  private static String policy(String... steps) {
    StringBuilder yaml = new StringBuilder("version: 1\ntables:\n");
    yaml.append("  public.setting: { keep: [id, value] }\n");
    yaml.append("  public.part: { keep: [id, kind] }\nsql:\n");
    for (String step : steps) {
      yaml.append("  - \"").append(step).append("\"\n");
    }
    return yaml.toString();
  }

  private void assertManifestTellsTheRows() {
    Manifest manifest = dump.manifest();
    for (Manifest.Table table : manifest.tables()) {
      long framed =
          manifest.frames().stream()
              .filter(f -> table.table().equals(f.table()))
              .mapToLong(f -> f.rows())
              .sum();
      assertThat(table.rowsOut()).as("%s", table.table()).isEqualTo(framed);
    }
  }

  /** A role for which the server counts nothing, and which may not enable that. */
  @ParameterizedTest
  @EnumSource(
      value = PostgresVersion.class,
      names = {"V15", "V18"})
  void changesTravelWhereTheServerKeepsNoStatistics(PostgresVersion version) throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(version)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      database.asSuperuser("ALTER ROLE " + database.name() + " SET track_counts = off");
      String yaml =
          policy(
                  "update public.setting set value = 'uno' where id = 1",
                  "delete from public.setting where id = 3",
                  "update public.part set kind = 'b' where id = 1")
              + "assertions:\n"
              + "  - { name: two, sql: select count(*) from public.setting, equals: 2 }\n";
      dump.run(DUMP, yaml, database.url());
    }
    assertThat(dump.rows("public.setting")).containsExactly("1\tuno", "2\ttwo");
    assertThat(dump.rows("public.part")).isEmpty();
    assertThat(dump.rows("public.part_b")).containsExactlyInAnyOrder("1\tb", "2\tb");
    assertManifestTellsTheRows();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from public.setting where id <> 1",
        "set session_replication_role = replica; delete from public.setting where id <> 1",
        "truncate public.setting; insert into public.setting values (1, 'one')",
        "delete from public.setting where id > 1; update public.setting set value = value",
        "do $$begin begin delete from public.setting where id > 1; exception when others then null;"
            + " end; end$$"
      })
  void rowsThatAreGoneDoNotTravel(String step) {
    dump.run(DUMP, policy(step));
    assertThat(dump.rows("public.setting")).containsExactly("1\tone");
    assertManifestTellsTheRows();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update public.setting set value = 'x'",
        "do $$begin begin update public.setting set value = 'x'; exception when others then null;"
            + " end; end$$",
        "delete from public.setting; insert into public.setting select i, 'x' from"
            + " generate_series(1, 3) i",
        "alter table public.setting alter column value type text using 'x'",
        "create temp table t as select 1; update public.setting set value = 'x'; drop table t",
        "create temp table t (id integer primary key, n text default 'x');"
            + " update public.setting set value = 'x'"
      })
  void rowsThatAreNewTravel(String step) {
    dump.run(DUMP, policy(step));
    assertThat(dump.rows("public.setting")).containsExactly("1\tx", "2\tx", "3\tx");
  }

  @Test
  void tablesThatNoStepChangedStayAsTheyWere() {
    dump.run(DUMP, policy("select 1"));
    assertThat(dump.rows("public.setting")).containsExactly("1\tone", "2\ttwo", "3\tthree");
    assertThat(dump.text()).contains("setval('public.counter', 5, false)");
  }

  /** Only some partitions of a table may be loaded through its root. */
  @Test
  void partitionsWithABlockOfTheirOwnAreNotReadThroughTheRoot() {
    dump.run(DUMP, policy("update public.part set id = id + 10"));
    assertThat(dump.rows("public.part")).containsExactly("11\ta");
    assertThat(dump.rows("public.part_b")).containsExactly("12\tb");
    assertManifestTellsTheRows();
  }

  @Test
  void aSequenceThatWasNotCalledTravelsWithItsValue() {
    dump.run(DUMP, policy("select setval('public.counter', 77, false)"));
    assertThat(dump.text()).contains("setval('public.counter', 77, false)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create or replace function public.f() returns integer language sql as 'select 2'",
        "alter table public.setting alter column value set default 'x'",
        "alter table public.setting force row level security",
        "alter table public.setting add check (id > 0)",
        "create view public.v as select 1",
        "create index on public.setting (value)",
        "select lo_from_bytea(0, 'x')"
      })
  void aStepThatChangesADefinitionIsRefused(String step) {
    assertThatThrownBy(() -> dump.run(DUMP, policy("select 1", step, "select 2")))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_STEP_FAILED))
        .hasMessageContaining("sql step 2\"")
        .hasMessageContaining("changed a definition");
    assertThat(dump.store.list("")).isEmpty();
  }

  @Test
  void aDefinitionThatALaterStepPutsBackIsNotChanged() {
    dump.run(
        DUMP,
        policy(
            "alter table public.setting alter column value set default 'x'",
            "insert into public.setting (id) values (4)",
            "alter table public.setting alter column value drop default"));
    assertThat(dump.rows("public.setting")).contains("4\tx");
  }

  @Test
  void anAssertionIsNotHeldByANull() {
    String yaml =
        policy("select 1")
            + "assertions:\n"
            + "  - { name: no null, sql: \"select null::text\", equals: 'null' }\n";
    assertThatThrownBy(() -> dump.run(DUMP, yaml))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED))
        .hasMessageContaining("no null");
  }

  /** The rows would go into a column that the COPY statement does not name. */
  @Test
  void aChangeThatTheCopyStatementCannotCarryIsRefused() {
    assertThatThrownBy(
            () ->
                dump.run(
                    DUMP.replace("COPY public.setting (id, value)", "COPY public.setting (id)")
                        .replaceAll("\t(one|two|three)\n", "\n"),
                    policy("update public.setting set value = 'x'")))
        .hasMessageContaining("names only some of its columns");
  }

  @Test
  void rowsThatAFunctionOfTheDumpWritesAfterTheStepsAreNotPublished() {
    String writing =
        DUMP.replace(
                "COPY public.setting",
                """
                CREATE FUNCTION public.w(integer) RETURNS boolean LANGUAGE plpgsql AS $$
                begin insert into public.part values (9, 'a'); return true; end$$;

                COPY public.setting\
                """)
            + """

            ALTER TABLE public.setting
                ADD CONSTRAINT writing CHECK (public.w(id));
            """;
    assertThatThrownBy(() -> dump.run(writing, policy("select 1")))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROWS_DIFFER))
        .hasMessageContaining("public.part_a");
    assertThat(dump.store.list("")).isEmpty();
  }
}
