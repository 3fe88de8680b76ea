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
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of INSERT statements are masked and published as COPY rows. */
class InsertRowsIT {
  private static final String USERS =
      "CREATE TABLE public.users (id integer NOT NULL, email text);\n";
  private static final String POLICY =
      "version: 1\ntables:\n  public.users: { keep: [id], columns: { email: email } }\n";

  private static final String DATED = "CREATE TABLE public.born (id integer, day date);\n";
  private static final String BORN =
      "version: 1\ntables:\n  public.born: { keep: [id], columns: { day: date-shift } }\n";

  @TempDir Path folder;
  private SmallDump dump = new SmallDump(Path.of(""));

  @BeforeEach
  void inItsFolder() {
    dump = new SmallDump(folder);
  }

  @Test
  void rowsAreMaskedAndLeaveAsCopyRows() {
    dump.run(
        USERS
            + """
            INSERT INTO public.users VALUES (1, 'max@example.com');
            INSERT INTO public.users VALUES (2, 'it''s@example.com'), (3, NULL);
            """,
        POLICY);
    assertThat(dump.text())
        .contains("\nCOPY public.users (id, email) FROM stdin;\n")
        .doesNotContain("INSERT", "max@", "it's");
    assertThat(dump.rows("public.users")).hasSize(3).last().isEqualTo("3\t\\N");
    assertThat(dump.manifest().tables().getFirst().columns())
        .extracting(Manifest.Column::name)
        .containsExactly("id", "email");
  }

  @Test
  void theSameRowsAreMaskedAsInADumpWithCopy() {
    String rows = "1\tmax@example.com\n2\tit's@example.com\n";
    dump.run(USERS + "COPY public.users (id, email) FROM stdin;\n" + rows + "\\.\n", POLICY);
    SmallDump other = new SmallDump(folder);
    other.run(
        USERS
            + "INSERT INTO public.users (id, email) VALUES\n\t(1, 'max@example.com'),\n\t(2,"
            + " E'it\\'s@example.com') ON CONFLICT DO NOTHING;\n",
        POLICY);
    assertThat(other.rows("public.users")).isEqualTo(dump.rows("public.users"));
  }

  /**
   * As pg_dump --inserts --load-via-partition-root writes it. The mail would be in a kept column.
   */
  @Test
  void partitionsInAnotherOrderAreRefused() {
    String tables =
        """
        CREATE TABLE public.users (id integer, email text, city text) PARTITION BY RANGE (id);
        CREATE TABLE public.users_1 (%s);
        ALTER TABLE ONLY public.users ATTACH PARTITION public.users_1 FOR VALUES FROM (1) TO (9);
        INSERT INTO public.users VALUES (1, %s);
        """;
    String policy = POLICY.replace("[id]", "[id, city]");
    assertThatThrownBy(
            () ->
                dump.run(
                    tables.formatted(
                        "city text, id integer, email text", "'Bern', 'max@example.com'"),
                    policy))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED))
        .hasMessageContaining("public.users_1 has its columns in another order")
        .hasMessageContaining("pg_dump --column-inserts");
    dump.run(
        tables.formatted("id integer, email text, city text", "'max@example.com', 'Bern'"), policy);
    assertThat(dump.text()).contains("Bern").doesNotContain("max@");
  }

  @Test
  void datesInTheFormsOfScriptsAreMaskedLikeThoseOfPgDump() {
    dump.run(DATED + "INSERT INTO public.born VALUES (1, '1962/2/18'), (2, '1962-02-18');\n", BORN);
    String first = dump.rows("public.born").getFirst().substring(2);
    assertThat(first).matches("\\d{4}-\\d\\d-\\d\\d").isNotEqualTo("1962-02-18");
    assertThat(dump.rows("public.born")).containsExactly("1\t" + first, "2\t" + first);
  }

  @Test
  void theCurrentTimeIsComputedByTheRestore() {
    dump.run(
        """
        CREATE TABLE public.born (
            id integer, day date DEFAULT CURRENT_DATE, at timestamp(3) with time zone NOT NULL);
        INSERT INTO public.born VALUES (1, CURRENT_DATE, now()), (2, NOW(), CURRENT_TIMESTAMP);
        INSERT INTO public.born (at, id) VALUES (CURRENT_DATE, 3);
        """,
        "version: 1\ntables:\n  public.born: { keep: [id, at], columns: { day: date-shift } }\n");
    assertThat(dump.text()).contains("\n1\ttoday\tnow\n2\tnow\tnow\n", "\ntoday\t3\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(1, now(), NULL)",
        "(1, NULL, ARRAY[now()])",
        "(1, now()::text, NULL)",
        "(1, CAST(now() AS text), NULL)",
        "(1, now() - interval '1 day', NULL)"
      })
  void theCurrentTimeIsComputedWhereItWouldBeAWord(String row) {
    dump.run(
        "CREATE TABLE public.born (id integer, day text, at timestamp(3)[]);\n"
            + "INSERT INTO public.born VALUES "
            + row
            + ";\n",
        "version: 1\ntables:\n  public.born: { keep: [id, day, at] }\n");
    assertThat(dump.rows("public.born").getFirst())
        .containsPattern("20\\d\\d-")
        .doesNotContain("now");
  }

  @Test
  void onlyTheEmbeddedServerGetsTheTextOfAnExpression() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      assertThatThrownBy(
              () ->
                  dump.run(
                      USERS + "INSERT INTO public.users VALUES (1, 'canary' || '@example.com');\n",
                      POLICY,
                      database.url()))
          .hasMessageContaining("an expression, which decant computes only with --scratch embedded")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void aDateInAFormThatIsNotUnderstoodIsAnErrorOfItsRow() {
    assertThatThrownBy(
            () -> dump.run(DATED + "INSERT INTO public.born VALUES (1, 'canary');\n", BORN))
        .hasMessageStartingWith("Row 1 of table public.born has a value of column day in a form")
        .hasMessageNotContaining("canary")
        .extracting(e -> ((DecantException) e).code())
        .isEqualTo(ErrorCode.ROW_INVALID);
  }

  @Test
  void generatedColumnsAndDefaultsAreLeftOut() {
    dump.run(
        """
        CREATE TABLE public.users (
            twice integer GENERATED ALWAYS AS ((id * 2)) STORED, id integer, email text,
            note text DEFAULT 'none');
        INSERT INTO public.users VALUES (DEFAULT, 1, 'max@example.com', DEFAULT);
        INSERT INTO public.users VALUES (DEFAULT, 2, 'eva@example.com', 'some');
        INSERT INTO public.users VALUES (DEFAULT, 3);
        """,
        """
        version: 1
        tables:
          public.users: { keep: [id, note], columns: { email: email } }
        """);
    assertThat(dump.text())
        .contains(
            "COPY public.users (id, email) FROM stdin;",
            "COPY public.users (id, email, note) FROM stdin;",
            "COPY public.users (id) FROM stdin;\n3\n")
        .doesNotContain("max@", "eva@");
    assertThat(dump.manifest().rowsOut()).isEqualTo(3);
  }

  @Test
  void tablesWhoseRowsAlternateAreLoadedAndPublishedInTheirOrder() {
    StringBuilder body = new StringBuilder(USERS).append("CREATE TABLE public.log (n integer);\n");
    for (int i = 0; i < 300; i++) {
      body.append("INSERT INTO public.users VALUES (" + i + ", 'u" + i + "@example.com');\n");
      body.append("INSERT INTO public.log VALUES (" + i + ");\n");
    }
    body.append("ALTER TABLE ONLY public.users ADD CONSTRAINT p PRIMARY KEY (id);\n");
    dump.run(body.toString(), POLICY + "  public.log: { keep: [n] }\n");
    assertThat(dump.manifest().rowsOut()).isEqualTo(600);
    String text = dump.text();
    assertThat(text.indexOf("\n299\t")).isLessThan(text.indexOf("FROM stdin;\n299\n"));
  }

  @Test
  void rowsAfterTheConstraintsStayBeforeThemInTheOutput() {
    dump.run(
        """
        CREATE TABLE public.users (id integer NOT NULL, email text, boss integer);
        CREATE TABLE public.other (a integer);
        CREATE TABLE public.schema_migrations (version text NOT NULL);
        ALTER TABLE ONLY public.users ADD CONSTRAINT p PRIMARY KEY (id);
        CREATE VIEW public.v AS SELECT id, email FROM public.users GROUP BY id;
        CREATE INDEX i ON public.users (email);
        CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE TRIGGER t BEFORE INSERT ON public.other FOR EACH ROW EXECUTE FUNCTION public.f();
        ALTER TABLE ONLY public.users
            ADD CONSTRAINT f FOREIGN KEY (boss) REFERENCES public.users(id);
        ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
        INSERT INTO public.schema_migrations (version) VALUES
        ('20260101000000'),
        ('20250101000000');

        INSERT INTO public.users VALUES (1, 'max@example.com', 2), (2, 'eva@example.com', NULL);
        """,
        """
        version: 1
        tables:
          public.other: { keep: [a] }
          public.schema_migrations: { keep: [version] }
          public.users: { keep: [id, boss], columns: { email: email } }
        """);
    String text = dump.text();
    assertThat(dump.rows("public.schema_migrations"))
        .containsExactly("20260101000000", "20250101000000");
    assertThat(text.indexOf("COPY public.users"))
        .isPositive()
        .isLessThan(text.indexOf("PRIMARY KEY"))
        .isLessThan(text.indexOf("FOREIGN KEY"))
        .isLessThan(text.indexOf("CREATE TRIGGER"))
        .isLessThan(text.indexOf("CREATE VIEW"))
        .isGreaterThan(text.indexOf("CREATE FUNCTION"));
  }

  @Test
  void aRowWithMoreValuesThanColumnsIsRefused() {
    assertThatThrownBy(
            () -> dump.run(USERS + "INSERT INTO public.users VALUES (1, 'canary', 3);\n", POLICY))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_INVALID))
        .hasMessageContaining("public.users have more values than the table has columns")
        .hasMessageNotContaining("canary");
  }

  @Test
  void anInsertThatIsNotUnderstoodPublishesNothing() {
    assertThatThrownBy(
            () ->
                dump.run(
                    USERS
                        + "INSERT INTO public.users VALUES (1, 'a@example.com');\n"
                        + "INSERT INTO public.users SELECT 2, 'canary';\n",
                    POLICY))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED))
        .hasMessageNotContaining("canary");
    assertThat(dump.store.list("")).isEmpty();
  }

  @Test
  void rowsOfUnknownColumnsAndGeneratedOnesAreRefused() {
    for (String list : new String[] {"(id, absent)", "(id, id)"}) {
      assertThatThrownBy(
              () ->
                  dump.run(
                      USERS + "INSERT INTO public.users " + list + " VALUES (1, 'canary');",
                      POLICY))
          .isInstanceOf(DecantException.class)
          .hasMessageNotContaining("canary");
      assertThat(dump.store.list("")).isEmpty();
    }
  }
}
