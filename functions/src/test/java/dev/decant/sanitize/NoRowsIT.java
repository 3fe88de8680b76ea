package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot without rows would be the latest one, and the next refresh would empty staging. */
class NoRowsIT {
  private static final String TABLE = "CREATE TABLE public.t (id integer NOT NULL);\n\n";
  private static final String ROWS = TABLE + "COPY public.t (id) FROM stdin;\n1\n\\.\n";
  private static final String POLICY = "version: 1\ntables:\n  public.t: { keep: [id] }\n";

  @TempDir Path folder;
  private SmallDump dump = new SmallDump(Path.of(""));

  @BeforeEach
  void inItsFolder() {
    dump = new SmallDump(folder);
  }

  private void assertRefused(String body, String yaml, ErrorCode code, String why) {
    assertThatThrownBy(() -> dump.run(body, yaml))
        .isInstanceOfSatisfying(DecantException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
    assertThat(dump.store.list("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);\n",
        "CREATE INDEX i ON public.t (id);\n",
        "CREATE SCHEMA app;\n",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION public.f();\n",
        "SELECT * FROM pg_catalog.pg_restore_relation_stats('relname', 't');\n",
        ""
      })
  void aDumpWithoutATableIsNoDump(String body) {
    assertRefused(body, "version: 1\ntables: {}\n", ErrorCode.INPUT_INVALID, "creates no table");
  }

  @Test
  void aDumpWithoutRowsIsNotPublished() {
    String empty = TABLE + "COPY public.t (id) FROM stdin;\n\\.\n";
    for (String body : new String[] {TABLE, empty}) {
      assertRefused(body, POLICY, ErrorCode.NO_ROWS, "--allow-no-rows");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1\ntables:\n  public.t: truncate\n",
        """
        version: 1
        tables:
          public.t: { keep: [id], rows: { where: { column: id, equals: 2 } } }
        """,
        POLICY + "sql: [delete from public.t]\n"
      })
  void aPolicyThatLeavesNoRowIsTold(String yaml) {
    assertRefused(ROWS, yaml, ErrorCode.NO_ROWS, "The policy leaves out all rows");
  }

  @Test
  void aSnapshotWithoutRowsIsPublishedWhereThatIsAsked() {
    assertThat(dump.runWithoutRows(TABLE, POLICY)).isInstanceOf(SanitizeResult.Published.class);
    assertThat(dump.manifest().rowsOut()).isZero();
  }

  @Test
  void aDumpWithARowIsPublished() {
    assertThat(dump.run(ROWS, POLICY)).isInstanceOf(SanitizeResult.Published.class);
  }
}
