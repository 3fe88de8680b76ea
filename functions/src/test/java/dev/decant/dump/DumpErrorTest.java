package dev.decant.dump;

import static dev.decant.error.ErrorCode.INPUT_CUT;
import static dev.decant.error.ErrorCode.INPUT_INVALID;
import static dev.decant.error.ErrorCode.INPUT_UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

final class DumpErrorTest {
  private static final String END = "\n--\n-- PostgreSQL database dump complete\n--\n\n";
  private static final String AGAIN = ". It was cut: make or copy it again";
  private static final String NOT_HELD = ". Make the dump with pg_dump, or take the statement out";
  private static final String UNKNOWN = "a statement that no dump of pg_dump 13 to 18 holds";
  private static final String META =
      "a psql command that no dump holds. pg_dump writes \\restrict, \\unrestrict and \\connect"
          + " only; make the dump with pg_dump";
  private static final String PAIRS =
      "a psql command where none may stand (\\restrict and \\unrestrict with one key go in pairs)."
          + " Make the dump with pg_dump";
  private static final String COPY =
      "a COPY that is not COPY schema.table (columns) FROM stdin without options. Make the dump"
          + " with pg_dump";
  private static final String AGAIN_BY_PG_DUMP = ". Make the dump with pg_dump";
  private static final String COMMENT =
      "line 1: a comment with a zero byte, or a carriage return, inside its line. Make the dump"
          + " with pg_dump";
  private static final String ARCHIVE =
      "this is an archive of pg_dump (custom, tar or directory format). Pipe its plain form:"
          + " pg_restore -f - FILE | decant sanitize - --name NAME";

  static final Arguments[] BAD = {
    bad("", INPUT_CUT, "line 1: the dump is empty. Make or copy it again"),
    bad(
        "SET statement_timeout = 0;\n",
        INPUT_CUT,
        "line 2: the dump ends without the line \"-- PostgreSQL database dump complete\" and what"
            + " follows it"
            + AGAIN),
    bad(
        "\nCREATE TABLE app.t (\n a text DEFAULT 'canary",
        INPUT_CUT,
        "line 2: the dump ends inside the statement that begins here" + AGAIN),
    bad(
        "\n/* canary",
        INPUT_CUT,
        "line 2: the dump ends inside a comment that begins here" + AGAIN),
    bad(
        "\\restrict abc",
        INPUT_CUT,
        "line 1: the dump ends inside the psql command that begins here" + AGAIN),
    bad(
        "COPY app.t (a) FROM stdin;",
        INPUT_CUT,
        "line 1: the dump ends inside a COPY block" + AGAIN),
    bad(
        "COPY app.t (a) FROM stdin;\ncanary\nb",
        INPUT_CUT,
        "line 3: the dump ends inside the rows of app.t, without their \\. line" + AGAIN),
    bad(
        "\\restrict abc\n" + END,
        INPUT_CUT,
        "line 7: the dump ends without the line \"-- PostgreSQL database dump complete\" and what"
            + " follows it"
            + AGAIN),
    bad("PGDMP\1\16\0\4canary", INPUT_UNSUPPORTED, ARCHIVE),
    bad("toc.dat" + "\0".repeat(250) + "ustar  \0", INPUT_UNSUPPORTED, ARCHIVE),
    bad(
        "--\n-- PostgreSQL database cluster dump\n--\n",
        INPUT_UNSUPPORTED,
        "line 2: this is a dump of a whole cluster. Dump one database with pg_dump in place of"
            + " pg_dumpall"),
    bad(
        "SET client_encoding = 'LATIN1';" + END,
        INPUT_UNSUPPORTED,
        "line 1: the dump is not in UTF8. Make it with pg_dump --encoding=UTF8"),
    bad(
        "\n\nINSERT INTO app.t VALUES ('canary');" + END,
        INPUT_UNSUPPORTED,
        "line 3: rows as INSERT statements: the dump was made with --inserts. Make it without"),
    bad("COPY app.t (a) FROM stdin WITH (FORMAT csv);\n", INPUT_UNSUPPORTED, "line 1: " + COPY),
    bad("COPY app.t FROM '/canary/file';\n", INPUT_UNSUPPORTED, "line 1: " + COPY),
    bad("COPY app.t FROM PROGRAM 'canary';\n", INPUT_UNSUPPORTED, "line 1: " + COPY),
    bad("COPY app.t TO stdout;\n", INPUT_UNSUPPORTED, "line 1: " + COPY),
    bad("COPY t FROM stdin;\n", INPUT_UNSUPPORTED, "line 1: " + COPY),
    bad(
        "COPY app.t (a) FROM stdin; canary\n",
        INPUT_INVALID,
        "line 1: text after COPY on its line. Make the dump with pg_dump"),
    bad(
        "COPY app.t (a) FROM stdin;\ncanary\n\\.x\n",
        INPUT_INVALID,
        "line 3: row 2 of app.t begins with \\. and goes on, which no COPY row does. Make the dump"
            + " with pg_dump"),
    bad(
        "COPY app.t (a) FROM stdin;\ncanary\\\n\\.\n",
        INPUT_INVALID,
        "line 2: row 1 of app.t ends in a backslash right before the \\. line. Make the dump with"
            + " pg_dump"),
    bad(
        "COPY app.t (a) FROM stdin;\na\ncan\rary\n\\.\n",
        INPUT_INVALID,
        "line 3: row 2 of app.t holds a carriage return that COPY would have written as \\r. Make"
            + " the dump with pg_dump"),
    bad(
        "COPY app.t (a) FROM stdin;\na\ncanary\r\n\\.\n",
        INPUT_INVALID,
        "line 3: row 2 of app.t ends in LF where the rows before it end in CR LF, or the other way"
            + " round. Make the dump with pg_dump"),
    bad(
        "DELETE FROM app.canary;" + END,
        INPUT_INVALID,
        "line 1: " + UNKNOWN + ": DELETE FROM" + NOT_HELD),
    bad("DO $$canary$$;" + END, INPUT_INVALID, "line 1: " + UNKNOWN + ": DO" + NOT_HELD),
    bad("canary app.t;" + END, INPUT_INVALID, "line 1: " + UNKNOWN + NOT_HELD),
    bad("SET canary.key = 'x';" + END, INPUT_INVALID, "line 1: " + UNKNOWN + ": SET" + NOT_HELD),
    bad(
        "CREATE TABLE app.t AS SELECT 'canary';" + END,
        INPUT_INVALID,
        "line 1: " + UNKNOWN + ": CREATE TABLE" + NOT_HELD),
    bad(
        "CREATE TABLE app.t ();\nDROP TABLE app.t;" + END,
        INPUT_INVALID,
        "line 2: " + UNKNOWN + ": DROP TABLE" + NOT_HELD),
    bad(
        "SELECT pg_catalog.setval('s', 1), canary();" + END,
        INPUT_INVALID,
        "line 1: " + UNKNOWN + ": SELECT" + NOT_HELD),
    bad(
        "ALTER TABLE app.t ADD CONSTRAINT c CHECK (true), OWNER TO canary;" + END,
        INPUT_INVALID,
        "line 1: " + UNKNOWN + ": ALTER TABLE" + NOT_HELD),
    bad("SET lock_timeout = 0;\n\\! canary\n" + END, INPUT_INVALID, "line 2: " + META),
    bad("\\copy canary from x\n" + END, INPUT_INVALID, "line 1: " + META),
    bad(
        "SET lock_timeout = 0 \\gexec\n" + END,
        INPUT_INVALID,
        "line 1: a backslash command inside a statement. Make the dump with pg_dump"),
    bad(
        "SET\n lock_timeout = \0;" + END,
        INPUT_INVALID,
        "line 2: a byte that is not text. Make the dump with pg_dump"),
    bad(
        "COMMENT ON TABLE app.t IS 'x' -- y\r\\! canary\n;" + END,
        INPUT_INVALID,
        "line 1: a carriage return without a line feed, outside of quotes" + AGAIN_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS E'x'\r'canary';" + END,
        INPUT_INVALID,
        "line 1: a carriage return without a line feed, outside of quotes" + AGAIN_BY_PG_DUMP),
    bad("-- Name: t\r\\! canary; Type: a; Schema: b; Owner: c\n" + END, INPUT_INVALID, COMMENT),
    bad("-- Dumped from database version 16.4\r\\! canary\n" + END, INPUT_INVALID, COMMENT),
    bad("-- Name: t\0canary; Type: a; Schema: b; Owner: c\n" + END, INPUT_INVALID, COMMENT),
    bad(
        "\nCOMMENT ON TABLE app.t IS 'x\0canary\n';" + END,
        INPUT_INVALID,
        "line 2: a statement with a zero byte" + AGAIN_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS 1a$$;\n\\! canary\n$$;" + END,
        INPUT_INVALID,
        "line 1: a number that letters or a quote follow" + AGAIN_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS 1E'\\';\n\\! canary\n';" + END,
        INPUT_INVALID,
        "line 1: a number that letters or a quote follow" + AGAIN_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS 1E--';\n\\! canary\n';" + END,
        INPUT_INVALID,
        "line 1: a number that letters or a quote follow" + AGAIN_BY_PG_DUMP),
    bad(
        "COPY app.t (U&\"canar\\0079\") FROM stdin;\n\\.\n" + END,
        INPUT_INVALID,
        "line 1: an identifier with Unicode escapes" + AGAIN_BY_PG_DUMP),
    bad(
        "CREATE FUNCTION app.f() RETURNS int BEGIN ATOMIC SELECT 1 case; END; DELETE FROM canary;"
            + " END;"
            + END,
        INPUT_INVALID,
        "line 1: a semicolon inside CASE" + AGAIN_BY_PG_DUMP),
    bad(
        "CREATE FUNCTION app.f() RETURNS int BEGIN ATOMIC SELECT t.begin; END;\n"
            + "DELETE FROM canary; END;"
            + END,
        INPUT_INVALID,
        "line 2: " + UNKNOWN + ": DELETE FROM" + NOT_HELD),
    bad(
        "CREATE FUNCTION app.f() RETURNS app.begin LANGUAGE sql AS '';\n"
            + "DELETE FROM canary; END;"
            + END,
        INPUT_INVALID,
        "line 2: " + UNKNOWN + ": DELETE FROM" + NOT_HELD),
    bad("\\restrict abc\n\\connect canary\n" + END, INPUT_INVALID, "line 2: " + PAIRS),
    bad("\\restrict abc\n\\unrestrict canary\n" + END, INPUT_INVALID, "line 2: " + PAIRS),
    bad("\\unrestrict canary\n" + END, INPUT_INVALID, "line 1: " + PAIRS),
    bad(
        "\\connect one\n\\connect canary\n" + END,
        INPUT_UNSUPPORTED,
        "line 2: the dump goes on with a second database. Dump one with pg_dump"),
    bad(
        END + "CREATE TABLE canary ();",
        INPUT_INVALID,
        "line 6: there is text after the end of the dump. If these are two dumps, sanitize them one"
            + " by one; if they are messages of a program (2>&1), make the dump without them"),
    bad(
        "pg_dump: warning: canary\n" + END,
        INPUT_INVALID,
        "line 1: the dump begins with a message of pg_dump (2>&1). Make it again without 2>&1, so"
            + " that messages go to the terminal"),
    bad(
        "--\n-- Dumped by pg_dump version 9.6.24\n--\n\nSET default_with_canary = false;" + END,
        INPUT_INVALID,
        "line 5: "
            + UNKNOWN
            + ": SET. This dump was made by pg_dump 9.6.24. Make it with pg_dump 13 to 18, which"
            + " can dump older servers, too"),
    bad(
        "SET standard_conforming_strings = canary;" + END,
        INPUT_INVALID,
        "line 1: a SET to neither on nor off. Make the dump with pg_dump"),
  };

  private static Arguments bad(String dump, ErrorCode code, String message) {
    return Arguments.of(dump, code, message);
  }

  @ParameterizedTest
  @FieldSource("BAD")
  void aBadDumpIsRefusedWithItsLine(String dump, ErrorCode code, String message) {
    assertThatThrownBy(() -> Fixtures.describe(dump))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo(message).doesNotContain("canary");
              assertThat(e.code()).isEqualTo(code);
            });
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    String dump = "SET statement_timeout = 0;" + END;

    assertThat(Fixtures.describe("\uFEFF" + dump)).isEqualTo(Fixtures.describe(dump));
  }

  @Test
  void aDumpInSqlAsciiIsToldHowToConvertIt() {
    assertThatThrownBy(() -> Fixtures.describe("SET client_encoding = 'SQL_ASCII';" + END))
        .hasMessageStartingWith("line 1: the dump is in SQL_ASCII")
        .hasMessageContaining("iconv -f WINDOWS-1252 -t UTF-8");
  }

  /** A load runs statements in several sessions, all with the search_path of the top. */
  @Test
  void aSearchPathThatChangesAmongObjectsIsRefused() throws Exception {
    String set = "SELECT pg_catalog.set_config('search_path', '%s', false);\n";
    String table = "CREATE TABLE a.t (i integer);\n";
    String same = set.formatted("b") + set.formatted("a") + table + set.formatted("a") + END;
    assertThat(Fixtures.describe(same)).isNotEmpty();
    for (String before : List.of("", set.formatted("a"))) {
      assertThatThrownBy(() -> Fixtures.describe(before + table + set.formatted("b") + END))
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("search_path changes after the first object");
    }
  }

  @Test
  void aStatementThatIsNotUtf8IsRefused() {
    byte[] dump =
        ("\nCOMMENT ON TABLE app.t IS '\u00e9';" + END).getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Fixtures.describe(new ByteArrayInputStream(dump), 100))
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "line 2: a statement that is not UTF-8. Make the dump with pg_dump --encoding=UTF8");
  }

  @Test
  void aQuoteThatNeverEndsDoesNotFillMemory() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '\'';
          }

          @Override
          public int read(byte[] target, int from, int count) {
            java.util.Arrays.fill(target, from, from + count, (byte) '\'');
            return count;
          }
        };
    assertThatThrownBy(() -> Fixtures.describe(endless, 100))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.code()).isEqualTo(INPUT_UNSUPPORTED);
              assertThat(e).hasMessageStartingWith("line 1: a statement larger than 64 MiB");
            });
  }

  @Test
  void aBrokenStreamIsReportedWithTheLine() {
    assertThatThrownBy(() -> Fixtures.describe(failing(new IOException("reset by peer")), 100))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
              assertThat(e).hasMessage("the dump could not be read on after line 1: reset by peer");
            });
    assertThatThrownBy(() -> Fixtures.describe(failing(new EOFException()), 100))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_CUT));
  }

  private static InputStream failing(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }

      @Override
      public int read(byte[] target, int from, int count) throws IOException {
        throw failure;
      }
    };
  }

  @Test
  void realDumpsWithInsertsAreRefused() {
    for (String name :
        new String[] {"kitchen-server15-dump15-inserts", "kitchen-server18-dump18-inserts"}) {
      assertThatThrownBy(
              () -> Fixtures.describe(new ByteArrayInputStream(Fixtures.bytes(name)), 100))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.getMessage()).contains("made with --inserts"));
    }
  }
}
