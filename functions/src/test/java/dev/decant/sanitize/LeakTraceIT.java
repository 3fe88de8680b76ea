package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants the raw e-mail address of a user in the places where one may be left behind. */
final class LeakTraceIT {
  private static final String USERS =
      """
      CREATE TABLE public.users (id integer NOT NULL, email text, name text, bio text);

      CREATE TABLE public.notes (id integer NOT NULL, body text, doc jsonb, tags text[], vec tsvector,
          bytes bytea, phone bigint);

      COPY public.users (id, email, name, bio) FROM stdin;
      1\tmax.muster@example.com\tJürgen von der Heide\tHis neighbours never knew about it
      2\teva@example.com\tEva Beispiel\t\\N
      \\.

      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users:
          keep: [id]
          columns: { email: email, name: full-name, bio: text }
        public.notes: { keep: [id, body, doc, tags, vec, bytes, phone] }
      """;

  @TempDir Path folder;

  private SmallDump run(String dump, String policy) {
    SmallDump small = new SmallDump(folder);
    small.run(dump, policy);
    return small;
  }

  private static String note(String columns, String row) {
    return USERS + "COPY public.notes (" + columns + ") FROM stdin;\n1\t" + row + "\n\\.\n\n";
  }

  private void assertLeak(String dump, String policy, String... message) {
    assertThatThrownBy(() -> run(dump, policy))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.code()).describedAs(e.getMessage()).isEqualTo(ErrorCode.LEAK_FOUND);
              assertThat(e.getMessage())
                  .contains(message)
                  .contains("nothing is published", "Mask these columns")
                  .doesNotContainIgnoringCase("max.muster")
                  .doesNotContain("Heide", "neighbours");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body | max.muster@example.com | users.email",
        "body | Please write to MAX.MUSTER@EXAMPLE.COM soon | users.email",
        "body | as you asked,\\nmax.muster@example.com\\n | users.email",
        "body | login max.muster | users.email",
        "body | Dear Jürgen von\\nder Heide, | users.name",
        "body | 'his neighbours never knew about it!' | users.bio",
        "doc | {\"to\": [\"max.muster@example.com\"]} | users.email",
        "doc | {\"max.muster@example.com\": 1} | users.email",
        "doc | {\"text\": \"a\\\\nmax.muster\\\\u0040example.com\"} | users.email",
        "tags | {a,max.muster@example.com} | users.email",
        "vec | 'max.muster@example.com':2 | users.email",
        "bytes | \\\\x6d61782e6d7573746572406578616d706c652e636f6d | users.email",
        "body | bWFpbDogbWF4Lm11c3RlckBleGFtcGxlLmNvbQ== | users.email"
      })
  void inAKeptColumn(String column, String value, String source) {
    assertLeak(
        note("id, " + column, value),
        POLICY,
        "column public.notes." + column + ": 1 row has values",
        "public." + source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public.person | (7,max.muster@example.com)",
        "public.person[] | {\"(7,max.muster@example.com)\"}",
        "xml | <a href=\"mailto:max.muster@example.com\"/>",
        "xml | <p>max.muster&#64;example.com</p>",
        "jsonb | {\"a\": \"{\\\\\"to\\\\\": \\\\\"max.muster@example.com\\\\\"}\"}",
        "varchar(80) | Muster, max.muster&commat;example.com"
      })
  void inAKeptColumnOfAnotherType(String type, String value) {
    assertLeak(
        "CREATE TYPE public.person AS (id integer, email text);\n\nCREATE TABLE public.other (v "
            + type
            + ");\n\n"
            + USERS
            + "COPY public.other (v) FROM stdin;\n"
            + value
            + "\n\\.\n\n",
        POLICY + "  public.other: { keep: [v] }\n",
        "column public.other.v: 1 row has values of public.users.email");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jsonb | {\"a\": \"His neighbours never knew about it\"} | mask: json",
        "text[] | {His neighbours never knew about it} | mask: array, of: scramble",
        "text[] | {His neighbours never knew about it} | mask: scramble"
      })
  void anUntracedColumnHasNoTracedParts(String type, String value, String mask) {
    String dump =
        "CREATE TABLE public.other (v "
            + type
            + ", w text);\n\nCOPY public.other (v, w) FROM stdin;\n"
            + value
            + "\tHis neighbours never knew about it\n\\.\n\n";
    String policy =
        "version: 1\ntables:\n  public.other: { keep: [w], columns: { v: { %s%s } } }\n";
    assertLeak(dump, policy.formatted(mask, ""), "column public.other.w: 1 row has values");
    SmallDump untraced = run(dump, policy.formatted(mask, ", trace: false"));
    assertThat(untraced.text()).contains("His neighbours");
  }

  @Test
  void settingsOfTheDatabaseAreNotPublished() {
    String dump = USERS + "ALTER DATABASE shop SET application_name TO 'max.muster@example.com';\n";
    assertThat(run(dump, POLICY).text()).contains("users").doesNotContain("max.muster");
  }

  @Test
  void inAColumnOfHstore() {
    assertLeak(
        "CREATE EXTENSION hstore WITH SCHEMA public;\n\n"
            + "CREATE TABLE public.other (v public.hstore);\n\n"
            + USERS
            + "COPY public.other (v) FROM stdin;\n\"max.muster@example.com\"=>\"1\"\n"
            + "\"to\"=>\"MAX.MUSTER@example.com\"\n\"to\"=>NULL\n\\.\n\n",
        POLICY + "  public.other: { keep: [v] }\n",
        "column public.other.v: 2 rows have values of public.users.email");
  }

  @Test
  void inAConfigurationTableOfAnExtension() {
    assertLeak(
        "CREATE EXTENSION postgis WITH SCHEMA public;\n\n"
            + USERS
            + "COPY public.spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) FROM"
            + " stdin;\n"
            + "900001\tby max.muster@example.com\t1\ta\tb\n"
            + "\\.\n\n",
        POLICY
            + "  public.spatial_ref_sys:"
            + " { keep: [srid, auth_name, auth_srid, srtext, proj4text] }\n",
        "column public.spatial_ref_sys.auth_name: 1 row has values of public.users.email");
  }

  @Test
  void inTheBoundsOfAPartition() {
    assertLeak(
        USERS
            + """
            CREATE TABLE public.p (e text) PARTITION BY LIST (e);

            CREATE TABLE public.q (e text);

            ALTER TABLE ONLY public.p ATTACH PARTITION public.q FOR VALUES IN ('max.muster@example.com');

            """,
        POLICY + "  public.p: { keep: [e] }\n",
        "the DDL of");
  }

  @Test
  void inALargeObject() {
    assertLeak(
        USERS
            + """
            SELECT pg_catalog.lo_create('16385');

            BEGIN;

            SELECT pg_catalog.lo_open('16385', 131072);
            SELECT pg_catalog.lowrite(0, '\\x6d61782e6d7573746572406578616d706c652e636f6d');
            SELECT pg_catalog.lo_close(0);

            COMMIT;

            """,
        POLICY + "large-objects: keep\n",
        "has values of public.users.email");
  }

  @Test
  void byAnSqlStepThatCopiesAKeptColumnElsewhere() {
    assertLeak(
        note(
            "id, body, doc, tags, vec, bytes, phone",
            String.join("\t", Collections.nCopies(6, "\\N"))),
        POLICY + "sql: [ \"update notes set body = 'to max.' || 'muster@example.com'\" ]\n",
        "column public.notes.body: 1 row has values of public.users.email");
  }

  @Test
  void rowsThatAnSqlStepRemovedAreNoLeak() {
    String columns = "id, body, doc, tags, vec, bytes, phone";
    String dump = note(columns, "max.muster@example.com" + "\t\\N".repeat(5));
    assertThat(run(dump, POLICY + "sql: [ TRUNCATE notes ]\n").rows("public.notes")).isEmpty();
  }

  @Test
  void aRowThatViolatesAConstraintIsReportedFirst() {
    String dump =
        note("id, body", "max.muster@example.com\n1\tx")
            + "ALTER TABLE ONLY public.notes ADD CONSTRAINT n PRIMARY KEY (id);\n";
    assertThatThrownBy(() -> run(dump, POLICY))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED))
        .hasMessageNotContaining("max.muster");
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  private static final String PEOPLE =
      """
      CREATE TABLE public.people (id integer NOT NULL, first_name text, phone text);

      CREATE TABLE public.notes (id integer NOT NULL, body text);

      COPY public.people (id, first_name, phone) FROM stdin;
      1\tZoltania\t+49 30 9018 2047
      2\tEva\t+49 30 9018 2048
      3\tEva\t+49 30 9018 2049
      4\tEva\t+49 30 9018 2050
      \\.

      COPY public.notes (id, body) FROM stdin;
      1\tZoltania
      \\.

      """;

  private static String peoplePolicy(String step) {
    return """
    version: 1
    tables:
      public.people:
        keep: [id]
        columns: { first_name: first-name, phone: phone }
      public.notes: { keep: [id, body] }
    sql: [ "%s" ]
    """
        .formatted(step);
  }

  @Test
  void aSingleNameThatAnSqlStepWritesIntoAColumnOfADictionary() {
    assertThatThrownBy(
            () ->
                run(PEOPLE, peoplePolicy("update people set first_name = upper(body) from notes")))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining(
            "column public.people.first_name: 4 rows have values of public.people.first_name")
        .hasMessageNotContainingAny("Zoltania", "ZOLTANIA");
  }

  @Test
  void constantsOfSqlStepsAndSingleNamesElsewhereAreNoLeak() {
    String policy = peoplePolicy("update people set first_name = 'Tester ' || id where id > 1");
    assertThat(run(PEOPLE, policy).text()).contains("Tester 2", "Zoltania");
    String copied = peoplePolicy("update people set first_name = body from notes");
    assertThat(run(PEOPLE, copied + "trace: { ignore: [zoltania] }\n").text())
        .contains("4\tZoltania");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aMaskThatReturnsItsInputIsFoundAlsoIfItsValuesAreNotTraced(String trace) {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i < 5; i++) {
      rows.append("%d\tsecret of person %d\tsecret of person %d\n".formatted(i, i, i));
    }
    assertThatThrownBy(
            () ->
                run(
                    "CREATE TABLE public.t (id integer, secret text, label text);\n\n"
                        + "COPY public.t (id, secret, label) FROM stdin;\n"
                        + rows
                        + "\\.\n\n",
                    """
                    version: 1
                    tables:
                      public.t:
                        keep: [id, label]
                        columns: { secret: { mask: template, value: '{label}', trace: %s } }
                    """
                        .formatted(trace)))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining(
            "column public.t.secret: the mask template returned 4 of 4 values unchanged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE ONLY public.users ALTER COLUMN email SET DEFAULT 'max.muster@example.com'; |"
            + " the DDL of",
        "CREATE VIEW public.v AS SELECT id FROM public.users WHERE email ="
            + " 'max.muster@example.com'; | the DDL of VIEW public.v",
        "CREATE TYPE public.who AS ENUM ('max.muster@example.com'); | the DDL of TYPE public.who",
        "COMMENT ON TABLE public.users IS 'ask max.muster@example.com'; | the DDL of COMMENT"
            + " ON TABLE public.users has",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 --"
            + " max.muster@example.com $$; | the DDL of FUNCTION public.f",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS ' BEGIN PERFORM"
            + " ''max.muster@example.com''; RETURN 1; END'; | the DDL of FUNCTION public.f",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $_$ BEGIN PERFORM $x$it''s"
            + " max.muster@example.com$x$; RETURN 1; END $_$; | the DDL of FUNCTION public.f",
        "ALTER TABLE public.users ADD CONSTRAINT c CHECK (email <> 'max.muster@example.com');"
            + " | the DDL of",
        "CREATE RULE r AS ON UPDATE TO public.users WHERE new.email = 'max.muster@example.com' DO"
            + " INSTEAD NOTHING; | the DDL of",
        "CREATE POLICY p ON public.users USING (email = 'max.muster@example.com'); | the DDL of",
        "CREATE INDEX i ON public.users (id) WHERE email = 'max.muster@example.com'; | the DDL of",
        "CREATE FUNCTION public.g(a text DEFAULT 'max.muster@example.com') RETURNS text LANGUAGE"
            + " sql AS $$ SELECT a $$; | the DDL of",
        "CREATE FUNCTION public.h() RETURNS int LANGUAGE sql SET application_name ="
            + " 'max.muster@example.com' AS $$ SELECT 1 $$; | the DDL of",
        "CREATE TRIGGER t BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION"
            + " tsvector_update_trigger('max.muster@example.com'); | the DDL of"
      })
  void inTheDdl(String statement, String object) {
    assertLeak(
        USERS + statement + "\n",
        POLICY
            .replace("tables:", "ddl: { keep: ['*'] }\ntables:")
            .replace("ddl: { keep: ['*'] }\n", ""),
        object);
  }

  @Test
  void namesInBodiesOfFunctionsAreNoLeak() {
    String dump =
        note("id, body", "nothing").replace("eva@example.com", "old.password@example.com")
            + """
            CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS '
              BEGIN
                NEW.password := coalesce(NEW.password, OLD.password);
                RETURN NEW;
              END';
            """;
    assertThat(run(dump, POLICY).text()).contains("OLD.password);");
  }

  @Test
  void commentsInStatementsAreNotPublished() {
    String dump =
        note("id, body", "nothing")
            .replace("body text", "body text -- for instance max.muster@example.com\n");
    assertThat(run(dump, POLICY).text()).contains("body text").doesNotContain("for instance");
  }

  @Test
  void ignoredValuesAndColumnsAreNoLeak() {
    String dump = note("id, body", "max.muster@example.com");
    assertThat(
            run(dump, POLICY + "trace: { ignore: [Max.Muster@example.com, max.muster] }\n").text())
        .contains("max.muster@example.com");
    assertThat(
            run(dump, POLICY.replace("email: email", "email: { mask: email, trace: false }"))
                .text())
        .contains("max.muster@example.com");
  }

  @Test
  void theManifestNamesWhatWasTracedAndWhatWasExcepted() {
    Manifest.LeakTrace trace =
        run(
                note("id, body", "hello"),
                POLICY.replace("name: full-name", "name: { mask: full-name, trace: false }")
                    + "trace: { ignore: [nobody@example.com] }\n")
            .manifest()
            .leakTrace();
    assertThat(Objects.requireNonNull(trace).coverage())
        .isNotNull()
        .satisfies(
            c -> {
              assertThat(c.traced())
                  .extracting(m -> m.column() + " " + m.mask() + " " + m.values())
                  .containsExactly("public.users.bio text 1", "public.users.email email 2");
              assertThat(c.exceptions())
                  .extracting(e -> e.subject() + ", " + e.rule())
                  .containsExactly(
                      "public.users.name, trace: false", "nobody@example.com, trace.ignore");
              assertThat(c.columns()).isEqualTo(4);
              assertThat(c.written())
                  .extracting(m -> m.column() + " " + m.mask() + " " + m.values())
                  .containsExactly("public.users.name full-name 2");
              assertThat(c.statements()).isPositive();
              assertThat(c.falseHitOneIn()).isGreaterThan(1_000_000);
            });
  }

  @Test
  void nothingOfTheMaskedColumnsIsFoundInTheRest() {
    assertThat(run(note("id, body, doc", "hello world\t{\"a\": \"b\"}"), POLICY).text())
        .contains("hello world");
  }
}
