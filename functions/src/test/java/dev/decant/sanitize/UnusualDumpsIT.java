package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages for dumps that were made with unusual options. */
final class UnusualDumpsIT {
  private static final String POLICY =
      """
      version: 1
      tables:
        public.parent: { keep: [id] }
        public.child: { keep: [id, parent] }
      """;

  @TempDir Path folder;

  private DecantException failure(String body, String policy) {
    SmallDump dump = new SmallDump(folder);
    DecantException failure =
        catchThrowableOfType(DecantException.class, () -> dump.run(body, policy));
    assertThat(failure).as("it was published").isNotNull();
    return failure;
  }

  @Test
  void rowsWithoutTablesAreOneError() {
    DecantException failure =
        failure(
            """
            COPY public.parent (id) FROM stdin;
            1
            \\.

            COPY public.child (id, parent) FROM stdin;
            1\t1
            \\.
            """,
            POLICY);

    assertThat(failure).hasMessageContaining("--data-only").hasMessageNotContaining("public.");
    assertThat(failure.code()).isEqualTo(ErrorCode.INPUT_INVALID);
  }

  @Test
  void rowsWhoseParentsWereNotDumpedAreToldSo() {
    DecantException failure =
        failure(
            """
            CREATE TABLE public.parent (id integer NOT NULL);
            CREATE TABLE public.child (id integer, parent integer);
            COPY public.child (id, parent) FROM stdin;
            1\t1
            \\.

            ALTER TABLE ONLY public.parent ADD CONSTRAINT parent_pkey PRIMARY KEY (id);
            ALTER TABLE ONLY public.child
                ADD CONSTRAINT child_parent_fkey FOREIGN KEY (parent) REFERENCES public.parent(id);
            """,
            POLICY);

    assertThat(failure)
        .hasMessageContaining("child_parent_fkey: 1 rows violate it")
        .hasMessageContaining("The dump has no rows of table public.parent");
  }

  @Test
  void aCheckThatRowsViolateIsAVerificationErrorWhateverTheJobs() {
    DecantException failure =
        failure(
            """
            CREATE TABLE public.parent (id integer NOT NULL, CONSTRAINT small CHECK (id < 2));
            COPY public.parent (id) FROM stdin;
            7
            \\.

            """,
            "version: 1\ntables: { public.parent: { keep: [id] } }\n");

    assertThat(failure.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
  }

  /** psql would run them for the rows that follow. */
  @Test
  void noTriggerOrRuleOfATableStandsBeforeItsRows() {
    String head = "CREATE TABLE public.parent (id integer PRIMARY KEY);\n";
    String rows = "COPY public.parent (id) FROM stdin;\n1\n\\.\n";
    for (String acting :
        List.of(
            """
            CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER x BEFORE INSERT ON public.parent FOR EACH ROW EXECUTE FUNCTION public.f();
            """,
            "CREATE RULE r AS ON INSERT TO public.parent DO INSTEAD NOTHING;\n")) {
      for (String body : List.of(head + acting + rows, head + rows + acting + rows)) {
        assertThat(failure(body, "version: 1\ntables: { public.parent: { keep: [id] } }\n"))
            .hasMessageContaining("stands before rows of its table")
            .extracting(DecantException::code)
            .isEqualTo(ErrorCode.INPUT_UNSUPPORTED);
      }
    }
  }
}
