package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of files that decant accepts besides an ordinary dump, and their warnings. */
final class DumpFormsTest {
  private static final String TITLE =
      "--\n-- PostgreSQL database dump\n--\n\n-- Dumped by pg_dump version 16.4\n\n";
  private static final String END = "\n--\n-- PostgreSQL database dump complete\n--\n\n";
  private static final String NOT_COMPLETE =
      "The file has no header of pg_dump and no footer, so it cannot show that it is complete."
          + " decant read it to its end.";

  /** What a reader gives for a file. */
  private record Read(List<String> texts, List<@Nullable String> paths, List<String> warnings) {}

  private static Read read(String file) {
    List<String> texts = new ArrayList<>();
    List<@Nullable String> paths = new ArrayList<>();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(file.getBytes(UTF_8)))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          texts.add(Fixtures.text(copy.text()) + " " + reader.skipRows());
        } else if (part instanceof DumpPart.Statement statement
            && statement.kind().output() == StatementKind.Output.KEEP) {
          texts.add(Fixtures.text(statement.text()));
          paths.add(statement.searchPath());
        }
      }
      return new Read(texts, paths, reader.warnings());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE TABLE T (x int); | CREATE TABLE "app".T (x int);
          CREATE TABLE IF NOT EXISTS "T" (x int); | CREATE TABLE IF NOT EXISTS "app"."T" (x int);
          CREATE TABLE b.t (x int); | CREATE TABLE b.t (x int);
          ALTER TABLE ONLY t ADD CONSTRAINT c CHECK (x > 0); | ALTER TABLE ONLY "app".t ADD CONSTRAINT c CHECK (x > 0);
          CREATE UNIQUE INDEX i ON t USING btree (x); | CREATE UNIQUE INDEX i ON "app".t USING btree (x);
          CREATE TRIGGER g BEFORE UPDATE OF x ON t FOR EACH ROW EXECUTE PROCEDURE f(); | CREATE TRIGGER g BEFORE UPDATE OF x ON "app".t FOR EACH ROW EXECUTE PROCEDURE f();
          ALTER SEQUENCE s OWNED BY t.x; | ALTER SEQUENCE "app".s OWNED BY "app".t.x;
          ALTER SEQUENCE s OWNED BY b.t.x; | ALTER SEQUENCE "app".s OWNED BY b.t.x;
          SELECT pg_catalog.setval('s', 5, true); | SELECT pg_catalog.setval('app.s', 5, true);
          SELECT pg_catalog.setval('"S s"', 5, true); | SELECT pg_catalog.setval('app."S s"', 5, true);
          SELECT pg_catalog.setval('b.s', 5, true); | SELECT pg_catalog.setval('b.s', 5, true);
          SELECT setval('s', (SELECT max(x) FROM t)); | SELECT setval('app.s', (SELECT max(x) FROM "app".t));
          SELECT setval(pg_get_serial_sequence('t', 'x'), max(x)) FROM b.t; | SELECT setval(pg_get_serial_sequence('app.t', 'x'), max(x)) FROM b.t;
          CREATE VIEW v AS SELECT x FROM t; | CREATE VIEW "app".v AS SELECT x FROM t;
          """)
  void aNameGetsTheFirstSchemaOfTheSearchPath(String sql, String expected) {
    assertThat(read("SET search_path = app, pg_catalog;\n" + sql).texts())
        .containsExactly("SET search_path = app, pg_catalog;", expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          COPY public.t (x) /* ann@bank.de */ FROM stdin; | COPY public.t (x) FROM stdin; 0
          SELECT pg_catalog.setval('public.s', /* ann@bank.de */5, true); | SELECT pg_catalog.setval('public.s', 5, true);
          SET/*ann@bank.de*/client_min_messages = warning; | SET client_min_messages = warning;
          SET search_path/* -- ann@bank.de */= ''; | SET search_path = '';
          SELECT lo_create('5') /* ann@bank.de */; | SELECT lo_create('5') ;
          CREATE TABLE public.t (x int /* a comment of DDL is searched */); | CREATE TABLE public.t (x int /* a comment of DDL is searched */);
          """)
  void commentsThatNoRuleServesAreLeftOut(String sql, String expected) {
    String file = sql + (sql.startsWith("COPY") ? "\n\\.\n" : "\n");
    assertThat(read(file).texts()).containsExactly(expected);
  }

  @Test
  void aNameMeansTheRelationThatExists() {
    Read read =
        read(
            """
            CREATE TABLE b.t (x int);
            SET search_path = a, b;
            ALTER TABLE t ADD CHECK (x > 0);
            ALTER TABLE u ADD CHECK (x > 0);
            COPY t FROM stdin;
            1
            \\.
            """);
    assertThat(read.texts())
        .containsExactly(
            "CREATE TABLE b.t (x int);",
            "ALTER TABLE \"b\".t ADD CHECK (x > 0);",
            "ALTER TABLE \"a\".u ADD CHECK (x > 0);",
            "COPY \"b\".t FROM stdin; 1");
    assertThat(read.paths()).containsExactly(null, "\"a\", \"b\"", "\"a\", \"b\"");
  }

  @Test
  void withoutASearchPathNamesAreInPublic() {
    assertThat(read("CREATE TABLE t (x int);").texts())
        .containsExactly("CREATE TABLE \"public\".t (x int);");
  }

  /** A load runs statements in several sessions, which have the path of the beginning. */
  @Test
  void aSearchPathThatChangesGoesWithItsStatements() {
    String set = "SELECT pg_catalog.set_config('search_path', '%s', false);\n";
    String table = "CREATE TABLE a.t%d (i integer);\n";
    Read read =
        read(
            set.formatted("b")
                + set.formatted("")
                + table.formatted(1)
                + set.formatted("b, \"C\"")
                + table.formatted(2)
                + set.formatted("")
                + table.formatted(3));
    assertThat(read.paths()).containsExactly(null, null, null, "\"b\", \"C\"", "");
  }

  @Test
  void foreignKeysOfAScriptFollowTheRows() {
    Read read =
        read(
            """
            CREATE TABLE t (
              a int CONSTRAINT k REFERENCES u (x) MATCH SIMPLE ON DELETE SET NULL NOT NULL,
              b int NOT NULL REFERENCES s.v NOT DEFERRABLE CHECK (b > 0),
              FOREIGN KEY (a, b) REFERENCES w,
              c text
            );
            ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES u;
            COPY t FROM stdin;
            \\.
            """);
    assertThat(read.texts())
        .containsExactly(
            """
            CREATE TABLE "public".t (
              a int NOT NULL,
              b int NOT NULL CHECK (b > 0),
              c text
            );\
            """,
            "COPY \"public\".t FROM stdin; 0",
            "ALTER TABLE ONLY \"public\".\"t\"\n    ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES"
                + " \"public\".u (x) MATCH SIMPLE ON DELETE SET NULL;",
            "ALTER TABLE ONLY \"public\".\"t\"\n    ADD FOREIGN KEY (b) REFERENCES s.v NOT"
                + " DEFERRABLE;",
            "ALTER TABLE ONLY \"public\".\"t\"\n    ADD FOREIGN KEY (a, b) REFERENCES"
                + " \"public\".w;",
            "ALTER TABLE \"public\".t ADD FOREIGN KEY (c) REFERENCES \"public\".u;");
  }

  @Test
  void actionsOfOneStatementAreDivided() {
    assertThat(read("ALTER TABLE a.t ADD x int, ADD CHECK (f(1, 2)), OWNER TO canary;").texts())
        .containsExactly("ALTER TABLE a.t ADD x int;", "ALTER TABLE a.t ADD CHECK (f(1, 2));");
  }

  @Test
  void aColumnThatIsDroppedAfterRowsIsRefused() {
    assertThatThrownBy(() -> read("COPY t FROM stdin;\n\\.\nALTER TABLE t DROP x;"))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void onlyAFileWithAHeaderNeedsAFooter() {
    assertThat(read("CREATE TABLE a.t ();").warnings()).containsExactly(NOT_COMPLETE);
    assertThat(read("CREATE TABLE a.t ();" + END).warnings()).isEmpty();
    assertThat(read(TITLE + "CREATE TABLE a.t ();" + END).warnings()).isEmpty();
    String second = TITLE + "CREATE TABLE a.t ();" + END + TITLE + "CREATE TABLE a.u ();";
    assertThat(read(second + END).texts()).hasSize(2);
    for (String cut : new String[] {TITLE, TITLE + "CREATE TABLE a.t ();", second, "-- x\n"}) {
      assertThatThrownBy(() -> read(cut))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_CUT));
    }
  }

  @Test
  void messagesOfPgDumpAreSkipped() {
    String dump = TITLE + "CREATE TABLE a.t ();" + END;
    String message = "pg_dump: warning: there are circular foreign-key constraints\n";
    String warning = "The dump has lines that are messages of pg_dump (2>&1), which are left out: ";
    assertThat(read(message + dump).warnings())
        .containsExactly(warning + "1, the first one at line 1.");
    assertThat(read(message + "pg_dum" + dump).texts()).hasSize(1);
    assertThat(read(message + message + dump + "pg_dump: detail: t\n").warnings())
        .containsExactly(warning + "3, the first one at line 1.");
    assertThatThrownBy(() -> read("warning: canary\n" + dump)).isInstanceOf(DecantException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ANALYZE t;",
        "VACUUM FULL ANALYZE;",
        "BEGIN;",
        "START TRANSACTION;",
        "COMMIT WORK;",
        "LOCK TABLE t;",
        "SET CONSTRAINTS ALL DEFERRED;",
        "SET session_replication_role = replica;",
        "RESET ALL;",
        "CREATE LANGUAGE plpgsql;",
      })
  void aStatementWithoutMeaningIsLeftOut(String sql) {
    Read read = read(sql);
    assertThat(read.texts()).isEmpty();
    assertThat(read.warnings().getLast())
        .startsWith("The dump has ")
        .endsWith("statements, which are left out: 1, the first one at line 1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\i f.sql", "\\! ls", "\\copy t from f", "\\set x 1", "\\echo `ls`"})
  void aCommandThatReadsSomethingElseIsRefused(String command) {
    assertThatThrownBy(() -> read(command + "\n"))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("This psql command reads or writes something outside of the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\echo x", "\\set QUIET on", "\\timing", "\\encoding UTF8", "\\c app;"})
  void aCommandThatOnlyShowsSomethingIsAccepted(String command) {
    assertThat(read(command + "\nCREATE TABLE a.t ();").texts()).hasSize(1);
  }

  @Test
  void dropsOfWhatTheFileHasNotCreatedAreLeftOut() {
    assertThat(read("CREATE TABLE a.t ();\nDROP TABLE IF EXISTS a.u CASCADE;").texts()).hasSize(1);
    assertThatThrownBy(() -> read("CREATE TABLE a.t ();\nDROP TABLE a.t;"))
        .isInstanceOf(DecantException.class);
    assertThatThrownBy(() -> read("CREATE TABLE a.t ();\nDROP TABLE IF EXISTS a.u, a.t;"))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void damagedTextIsCounted() {
    try (DumpReader reader =
        new DumpReader(
            new ByteArrayInputStream(
                "COPY t FROM stdin;\n\uFFFDx\uFFFD\uFFFC\n123456\uFFFD\n\\.\n".getBytes(UTF_8)))) {
      reader.next();
      RowBatch batch = new RowBatch(1 << 16);
      assertThat(reader.readRows(batch)).isTrue();
      assertThat(reader.readRows(batch)).isFalse();
      reader.next();
      assertThat(reader.warnings().getLast()).contains("U+FFFD 3 times");
    }
  }

  @Test
  void rowSecurityIsAWarning() {
    assertThat(read("SET row_security = on;" + END).warnings())
        .singleElement()
        .asString()
        .contains("--enable-row-security");
  }
}
