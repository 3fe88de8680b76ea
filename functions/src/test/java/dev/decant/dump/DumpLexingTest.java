package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of statements, and the text between them. */
final class DumpLexingTest {
  private static final String END = "\n--\n-- PostgreSQL database dump complete\n--\n";

  private static List<String> statements(String dump) {
    List<String> statements = new ArrayList<>();
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump + END))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        statements.add(Fixtures.text(((DumpPart.Statement) part).text()));
      }
    }
    return statements;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a;b'",
        "'it''s; \\'",
        "E'a\\';b'",
        "e'a'';b'",
        "E'a'\n  'b\\';c'",
        "E'a' -- x\n'b\\';c'",
        "U&'d\\0061;\\'",
        "U&'a;\\' UESCAPE '!'",
        "B'1;0'",
        "x'1;f'",
        "N'a;'",
        "$$a;b$$",
        "$_$a;$$;b$_$",
        "$a$;$b$;$ab$;$a$",
        "$é1$;$é1$",
        "'a' /* ; /* ; ' */ ; */",
        "'a' -- ; '\n",
        "'a' -/**/ 'b'",
        "\"a;\"\"b\\\"",
        "ARRAY['a;', \"b;\"[1:2]]",
        "(SELECT ';' ; SELECT 2)",
        "a$b$c",
        "$1",
        "1.5e10 - 2",
        "1.E-10-.5e+3--1.\n",
        "e",
        "u & 'x;'",
      })
  void aStatementEndsAtItsOwnSemicolon(String text) {
    String sql = "COMMENT ON TABLE a.t IS " + text + ";";
    assertThat(statements(sql + "BEGIN;COMMIT ;")).containsExactly(sql, "BEGIN;", "COMMIT ;");
    assertThat(statements("\n" + sql + "\n\nBEGIN;\n")).containsExactly(sql, "BEGIN;");
  }

  @Test
  void backslashesEscapeWhileTheDumpSaysSo() {
    String off = "SET standard_conforming_strings = off;";
    String escaped = "COMMENT ON TABLE a.t IS 'a\\';b\\\\';";
    String on = "SET standard_conforming_strings = 'on';";
    String plain = "COMMENT ON TABLE a.t IS 'a\\';";
    assertThat(statements(off + escaped + on + plain)).containsExactly(off, escaped, on, plain);
    // A doubled quote has no meaning in a bit string: a plain string begins at the second quote.
    String bits = "COMMENT ON TABLE a.t IS B'''\\';';";
    assertThat(statements(off + bits + on)).containsExactly(off, bits, on);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END;"
            + " END;",
        "CREATE OR REPLACE PROCEDURE f() BEGIN ATOMIC SELECT 1; END;",
        "create or replace function f() returns int begin atomic select case a when 1 then case"
            + " when true then 1 end end; end;",
        "CREATE FUNCTION f(\"begin\" int DEFAULT (CASE WHEN true THEN 1 END)) RETURNS int RETURN"
            + " 1;",
        "CREATE FUNCTION \"begin\"() RETURNS int LANGUAGE sql AS 'x;';",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 'end'; SELECT \"end\"; END;",
        "CREATE FUNCTION begin.f() RETURNS public.begin LANGUAGE sql AS 'x;';",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.begin, a[t.begin] FROM t; END;",
        "CREATE FUNCTION f() RETURNS int BEGIN -- x\r\n ATOMIC SELECT t.begin atomic; END;",
      })
  void bodiesOfRoutinesHoldSemicolons(String sql) {
    assertThat(statements(sql + "BEGIN;")).containsExactly(sql, "BEGIN;");
  }

  @Test
  void beginElsewhereOpensNoBody() {
    String view = "CREATE VIEW a.v AS SELECT a.begin, CASE WHEN true THEN 1 END FROM a;";
    assertThat(statements(view + "BEGIN;")).containsExactly(view, "BEGIN;");
  }

  /**
   * As in downcase_identifier in a UTF-8 database, letters beyond ASCII and the Kelvin sign keep
   * their case.
   */
  @ParameterizedTest
  @CsvSource({"Ärztin, Ärztin", "ÄRZTIN, Ärztin", "KG, kg", "\u212ag, \u212ag", "İd, İd", "ID, id"})
  void unquotedNamesAreFoldedAsTheServerDoes(String written, String meant) {
    String dump = "COPY A.T (" + written + ") FROM STDIN;\n\\.\n" + END;
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      var copy = (DumpPart.CopyStart) reader.next();
      assertThat(copy.table()).hasToString("a.t");
      assertThat(copy.columns()).containsExactly(meant);
    }
  }

  @Test
  void quotesMayHoldCarriageReturns() {
    String text = "COMMENT ON TABLE a.\"b\rc\" IS 'x\r\\! y\r\n' /* \r */;";
    String body = "CREATE FUNCTION f() RETURNS int AS $$a\r\\! b\r\n$$;";
    assertThat(statements(text + "\r\n" + body)).containsExactly(text, body);
  }

  @Test
  void aLongCommentIsReadInNoTime() {
    String line = "-- Name: " + "; Type: ; Schema: ; Owner".repeat(40_000);
    assertThat(statements(line + "\nBEGIN;")).containsExactly("BEGIN;");
    assertThat(statements(line + ": x\nBEGIN;")).containsExactly("BEGIN;");
  }

  @ParameterizedTest
  @CsvSource({
    "16.4, 16.4",
    "18beta1 (Debian 18~beta1-1), 18beta1",
    "17devel, 17devel",
    "9.6.24, 9.6.24",
    "16.4 \\! touch x, 16.4",
    "\\! touch x,",
    "sixteen,"
  })
  void ofAVersionTheNumberIsTaken(String text, @Nullable String version) {
    String dump = "-- Dumped from database version " + text + "\nBEGIN;" + END;
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      reader.next();
      assertThat(reader.header().serverVersion()).isEqualTo(version);
    }
  }

  @Test
  void blanksCommentsAndEmptyStatementsStandBetween() {
    assertThat(statements("\t;; /* a /* ; */ ' */ -- ' $$\r\n\f BEGIN; -- x\n;"))
        .containsExactly("BEGIN;");
  }

  @Test
  void statementsInCrLfStayAsTheyAre() {
    assertThat(statements("BEGIN;\r\nCOMMENT ON TABLE a.t\r\n IS 'x';\r\n"))
        .containsExactly("BEGIN;", "COMMENT ON TABLE a.t\r\n IS 'x';");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\connect shop",
        "\\c shop",
        "\\connect \"shop\"",
        "\\connect -reuse-previous=on \"dbname='shop'\"",
        "\\connect -reuse-previous=on \"dbname=shop\"",
        "\\connect shop anna localhost 5432",
      })
  void theDatabaseIsTheOneConnectedTo(String command) {
    assertThat(database(command)).isEqualTo("shop");
  }

  @Test
  void oddDatabaseNamesAreUnquoted() {
    assertThat(database("\\connect \"a \"\"b\"\" c\"")).isEqualTo("a \"b\" c");
    assertThat(database("\\connect -reuse-previous=on \"dbname='it\\'s \\\\ \"\"odd\"\"'\""))
        .isEqualTo("it's \\ \"odd\"");
  }

  private static String database(String command) {
    try (DumpReader reader = new DumpReader(RowReadTest.stream(command + "\n" + END))) {
      assertThat(((DumpPart.Statement) reader.next()).kind()).isEqualTo(StatementKind.CONNECT);
      return String.valueOf(reader.header().database());
    }
  }

  @Test
  void theHeaderIsKnownAfterTheFirstPart() {
    try (DumpReader reader =
        new DumpReader(RowReadTest.stream(Fixtures.text(Fixtures.bytes("small"))))) {
      reader.next();
      reader.next();
      assertThat(reader.header())
          .isEqualTo(new DumpHeader("15.20", "18.6", null, false, DatabaseEncoding.UTF8));
      assertThat(Fixtures.text(reader.header().text()))
          .isEqualTo(
              """
              --
              -- PostgreSQL database dump
              --

              -- Dumped from database version 15.20
              -- Dumped by pg_dump version 18.6

              """);
    }
  }

  @Test
  void rowSecurityIsNoted() {
    try (DumpReader reader = new DumpReader(RowReadTest.stream("SET row_security = on;" + END))) {
      reader.next();
      assertThat(reader.header().rowSecurity()).isTrue();
    }
  }

  @Test
  void ownDumpsAreRead() {
    assertThat(statements("\\set ON_ERROR_STOP on\nBEGIN;"))
        .containsExactly("\\set ON_ERROR_STOP on", "BEGIN;");
  }

  @Test
  void theRestrictionOfOwnDumpsIsRead() {
    String begin = PsqlRestriction.begin("aB1");
    assertThat(kinds(begin + "BEGIN;" + END + PsqlRestriction.end("aB1")))
        .containsExactly(StatementKind.RESTRICT, StatementKind.IGNORED, StatementKind.RESTRICT);
    for (String cut :
        new String[] {
          begin + END,
          END + ":decant_end_aB1\n",
          begin + begin + END,
          begin + END + PsqlRestriction.end("x")
        }) {
      assertThatThrownBy(() -> kinds(cut)).isInstanceOf(DecantException.class);
    }
    String command = begin.replace("aB1'", "aB1 \\\\! touch x'");
    assertThatThrownBy(() -> kinds(command + END + PsqlRestriction.end("aB1")))
        .hasMessageContaining("The statement has a backslash command");
  }

  private static List<StatementKind> kinds(String dump) {
    List<StatementKind> kinds = new ArrayList<>();
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        kinds.add(((DumpPart.Statement) part).kind());
      }
    }
    return kinds;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- Name: t; Type: TABLE; Schema: a; Owner: anna",
        "-- Name: t; Type: TABLE; Schema: a; Owner: anna; Tablespace: fast",
        "-- Name: t; Type: TABLE; Schema: a; Owner: x; Owner: anna",
        "-- Name: t; Type: TABLE; Schema: a; Owner: ",
      })
  void ownersAndTablespacesLeaveTheComment(String line) {
    String comment = "--\n-- TOC entry 5 (class 1 OID 2)\n" + line + "\n--\n\n";
    DumpPart.Statement statement = StatementKindTest.first(comment + "CREATE TABLE a.t ();" + END);
    assertThat(Fixtures.text(statement.comment()))
        .isEqualTo("--\n-- Name: t; Type: TABLE; Schema: a; Owner: -\n--\n\n");
  }

  @Test
  void otherCommentsDoNotTravel() {
    DumpPart.Statement statement =
        StatementKindTest.first("-- canary\n-- Started on canary\nCREATE TABLE a.t ();" + END);
    assertThat(statement.comment()).isEmpty();
  }

  @Test
  void copyHeadsSpanLinesAndQuote() {
    String dump = "COPY \"a;\nb\".\"t\"\"\" (\"x, y\", z) FROM stdin;\n1\t2\n\\.\n" + END;
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      var copy = (DumpPart.CopyStart) reader.next();
      assertThat(copy.table().schema()).isEqualTo("a;\nb");
      assertThat(copy.table().name()).isEqualTo("t\"");
      assertThat(copy.columns()).containsExactly("x, y", "z");
      assertThat(reader.skipRows()).isEqualTo(1);
      assertThat(reader.next().line()).isEqualTo(9);
    }
  }

  @Test
  void noColumnListIsNotAnEmptyOne() {
    String dump = "COPY a.t FROM stdin;\n1\t2\n\\.\n" + END;
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      assertThat(((DumpPart.CopyStart) reader.next()).columns()).isNull();
    }
  }

  /** PostgreSQL refuses an empty list: a table without columns is copied without a list. */
  @Test
  void anEmptyColumnListIsRefused() {
    String dump = "COPY a.t () FROM stdin;\n\n\\.\n" + END;
    try (DumpReader reader = new DumpReader(RowReadTest.stream(dump))) {
      assertThatThrownBy(reader::next)
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED));
    }
  }

  @Test
  void aTableMayHaveSeveralBlocks() {
    String block = "COPY a.t (x) FROM stdin;\n1\n\\.\n";
    try (DumpReader reader = new DumpReader(RowReadTest.stream(block + block + END))) {
      for (int i = 0; i < 2; i++) {
        assertThat(reader.next()).isInstanceOf(DumpPart.CopyStart.class);
        RowBatch batch = new RowBatch(100);
        assertThat(reader.readRows(batch)).isTrue();
        assertThat(batch.firstRow()).isEqualTo(1);
        assertThat(reader.readRows(batch)).isFalse();
        assertThat(reader.readRows(batch)).isFalse();
      }
      assertThat(reader.next()).isInstanceOf(DumpPart.End.class);
      assertThat(reader.next()).isInstanceOf(DumpPart.End.class);
    }
  }
}
