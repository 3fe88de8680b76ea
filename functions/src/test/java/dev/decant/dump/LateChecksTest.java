package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart.Statement;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LateChecksTest {
  private static final String FUNCTION =
      """
      CREATE FUNCTION public.is_known(text) RETURNS boolean
          LANGUAGE sql STABLE
          AS $_$ SELECT EXISTS (SELECT 1 FROM public.c WHERE code = $1) $_$;
      """;

  private static LateChecks of(String sql) {
    String dump =
        "-- Dumped from database version 16.4\n\n"
            + sql
            + "--\n-- PostgreSQL database dump complete\n--\n\n";
    List<Statement> statements = new ArrayList<>();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump.getBytes(UTF_8)))) {
      while (reader.next() instanceof Statement statement) {
        statements.add(statement);
      }
    }
    return LateChecks.of(statements);
  }

  private static List<String> texts(List<Statement> statements) {
    return statements.stream().map(s -> new String(s.text(), UTF_8)).toList();
  }

  @Test
  void aCheckThatCallsAFunctionOfTheDumpIsAddedAfterTheRows() {
    LateChecks checks =
        of(
            FUNCTION
                + """
                CREATE TABLE public.addr (
                    id integer NOT NULL,
                    country text,
                    CONSTRAINT known CHECK (public.is_known(country)),
                    CONSTRAINT positive CHECK ((id > 0))
                );
                """);
    assertThat(texts(checks.before()))
        .last()
        .isEqualTo(
            """
            CREATE TABLE public.addr (
                id integer NOT NULL,
                country text,
                CONSTRAINT positive CHECK ((id > 0))
            );\
            """);
    assertThat(texts(checks.after()))
        .containsExactly(
            "ALTER TABLE \"public\".\"addr\"\n"
                + "    ADD CONSTRAINT known CHECK (public.is_known(country));");
    assertThat(checks.after().getFirst().kind()).isEqualTo(StatementKind.CONSTRAINT);
  }

  @Test
  void theListOfATableStaysAListWhereverTheCheckStands() {
    LateChecks checks =
        of(
            FUNCTION
                + "CREATE TABLE public.a (\n"
                + "    CONSTRAINT one CHECK (public.is_known('a, b'::text))\n"
                + ");\n"
                + "CREATE TABLE public.b (\n"
                + "    CONSTRAINT one CHECK (public.is_known('x'::text)),\n"
                + "    CONSTRAINT two CHECK ((public.is_known('y'::text) AND (1 = 1))),\n"
                + "    id integer\n"
                + ");\n"
                + "CREATE TABLE public.c (\n"
                + "    id integer,\n"
                + "    CONSTRAINT one CHECK (public.is_known('x'::text)),\n"
                + "    CONSTRAINT two CHECK (public.is_known('y'::text))\n"
                + ")\n"
                + "WITH (fillfactor='70');\n");
    assertThat(texts(checks.before()).subList(1, 4))
        .map(text -> text.replaceAll("\\s+", " "))
        .containsExactly(
            "CREATE TABLE public.a ( );",
            "CREATE TABLE public.b ( id integer );",
            "CREATE TABLE public.c ( id integer ) WITH (fillfactor='70');");
    assertThat(checks.after()).hasSize(5);
  }

  @Test
  void anOperatorOfASchemaCounts() {
    assertThat(
            of("""
            CREATE TABLE public.a (
                v text,
                CONSTRAINT c CHECK ((v OPERATOR(app.=) 'x'::text))
            );
            """)
                .after())
        .hasSize(1);
  }

  @Test
  void whatCallsTheSystemOnlyStaysWhereItIs() {
    LateChecks checks =
        of(
            FUNCTION
                + "CREATE TABLE public.a (\n"
                + "    id integer CONSTRAINT x DEFAULT pg_catalog.length('a'::text),\n"
                + "    CONSTRAINT one CHECK ((pg_catalog.lower('x'::text) = 'is_known('::text)),\n"
                + "    CONSTRAINT two CHECK ((id OPERATOR(pg_catalog.>) 1))\n"
                + ");\n");
    assertThat(checks.after()).isEmpty();
    assertThat(texts(checks.before()).getLast()).contains("CONSTRAINT one", "CONSTRAINT two");
  }

  @Test
  void aPartitionGetsTheCheckFromItsParentAndTheCommentsFollow() {
    LateChecks checks =
        of(
            FUNCTION
                + """
                CREATE TABLE public.a_part (
                    v text,
                    CONSTRAINT known CHECK (public.is_known(v)),
                    CONSTRAINT own CHECK (public.is_known(v))
                );
                COMMENT ON CONSTRAINT known ON public.a_part IS 'part';
                CREATE TABLE public.whole (
                    v text,
                    CONSTRAINT known CHECK (public.is_known(v))
                )
                PARTITION BY LIST (v);
                COMMENT ON CONSTRAINT known ON public.whole IS 'whole';
                ALTER TABLE ONLY public.whole ATTACH PARTITION public.a_part DEFAULT;
                """);
    assertThat(texts(checks.after()))
        .map(text -> text.replaceAll("\\s+", " "))
        .containsExactly(
            "ALTER TABLE \"public\".\"a_part\" ADD CONSTRAINT own CHECK (public.is_known(v));",
            "ALTER TABLE \"public\".\"whole\" ADD CONSTRAINT known CHECK (public.is_known(v));",
            "COMMENT ON CONSTRAINT known ON public.a_part IS 'part';",
            "COMMENT ON CONSTRAINT known ON public.whole IS 'whole';");
    assertThat(texts(checks.before())).noneMatch(text -> text.contains("CONSTRAINT"));
  }
}
