package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.manifest.Manifest;
import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions that name other objects without a schema. They work in production, and they fail while
 * a dump is restored, because pg_dump empties search_path.
 */
final class EmptySearchPathIT {
  private static final String FUNCTIONS =
      """
      SET check_function_bodies = false;
      CREATE FUNCTION public.inner_part(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
      CREATE FUNCTION public.outer_part(text) RETURNS text LANGUAGE sql IMMUTABLE
          AS 'SELECT inner_part($1)';
      CREATE FUNCTION public.of_table(text) RETURNS text LANGUAGE plpgsql IMMUTABLE
          AS 'BEGIN RETURN (SELECT max(b) FROM t WHERE b = $1); END';
      """;
  private static final String ROWS = "COPY public.t (id, b) FROM stdin;\n1\tx\n\\.\n\n";
  private static final String POLICY = "version: 1\ntables: { public.t: { keep: [id, b] } }\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.t (id integer, b text,"
            + " c text GENERATED ALWAYS AS (public.F(b)) STORED);\nROWS",
        "CREATE DOMAIN public.d AS text CONSTRAINT c CHECK ((public.F(VALUE) <> 'q'));\n"
            + "CREATE TABLE public.t (id integer, b public.d);\nROWS",
      })
  void theErrorNamesTheFunctionAndTheCommand(String body) throws Exception {
    for (String function : List.of("outer_part", "of_table")) {
      DecantException failure =
          failure(FUNCTIONS + body.replace("F(", function + "(").replace("ROWS", ROWS));

      assertThat(failure)
          .hasMessageContainingAll(
              "empty search_path", "ALTER FUNCTION", function, "SET search_path = public");
    }
  }

  /** A function in PL/pgSQL fails only when it runs, which a database without rows cannot show. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE public.t ADD CONSTRAINT c CHECK ((public.of_table(b) <> 'q'));\n",
        "CREATE UNIQUE INDEX i ON public.t USING btree (public.of_table(b));\n"
      })
  void aConstraintWhoseFunctionFailsOverTheRowsIsAnError(String constraint) throws Exception {
    assertThat(
            failure(
                FUNCTIONS + "CREATE TABLE public.t (id integer, b text);\n" + ROWS + constraint))
        .hasMessageContainingAll("empty search_path", "ALTER FUNCTION", "of_table");
  }

  @Test
  void whatNoRowDependsOnIsNotVerifiedForThisReason() throws Exception {
    Manifest manifest =
        published(
            FUNCTIONS
                + """
                CREATE TABLE public.t (id integer, b text);
                CREATE MATERIALIZED VIEW public.m AS SELECT public.outer_part(t.b) AS o FROM public.t WITH NO DATA;
                """
                + ROWS
                + """
                CREATE INDEX i ON public.t USING btree (public.outer_part(b));
                ALTER TABLE public.t ADD CONSTRAINT c CHECK ((public.outer_part(b) <> 'q'));
                CREATE INDEX j ON public.t USING btree (public.of_table(b));
                CREATE STATISTICS public.s ON public.outer_part(b), id FROM public.t;
                REFRESH MATERIALIZED VIEW public.m;
                """);

    assertThat(manifest.notVerified())
        .hasSize(5)
        .allMatch(o -> o.reason().contains("ALTER FUNCTION"));
  }

  private Manifest published(String body) throws Exception {
    SmallDump dump = new SmallDump(folder);
    Restore.withServer(PostgresVersion.V18, url -> dump.run(body, POLICY, url));
    return dump.manifest();
  }

  private DecantException failure(String body) throws Exception {
    DecantException[] failure = new DecantException[1];
    Restore.withServer(
        PostgresVersion.V18,
        url ->
            failure[0] =
                catchThrowableOfType(
                    DecantException.class, () -> new SmallDump(folder).run(body, POLICY, url)));
    assertThat(failure[0]).as("it was published").isNotNull();
    return failure[0];
  }
}
