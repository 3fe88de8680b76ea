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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DumpErrorTest {
  private static final String END = "\n--\n-- PostgreSQL database dump complete\n--\n\n";
  private static final String HEADER =
      "--\n-- PostgreSQL database dump\n--\n-- Dumped by pg_dump version 16.4\n";
  private static final String AGAIN = ". It is incomplete. Make the dump again, or copy it again.";
  private static final String NOT_HELD =
      ". If people wrote this file, load it into an empty database with psql, and dump that with"
          + " pg_dump. Or remove the statement if nothing needs it.";
  private static final String UNKNOWN =
      "This statement does not occur in dumps of pg_dump 9.2 to 18";
  private static final String META =
      "This psql command reads or writes something outside of the file, or changes how the file is"
          + " read. Replace it by the SQL that it stands for, or remove it.";
  private static final String PAIRS =
      "A psql command is not allowed here. \\restrict and \\unrestrict must come in pairs with the"
          + " same key. Make the dump with pg_dump.";
  private static final String COPY =
      "The COPY statement does not have the form COPY table (columns) FROM stdin with the formats"
          + " text or csv and the options DELIMITER, NULL, HEADER, QUOTE and ESCAPE. If its rows"
          + " are in a file, they are not in the dump. Load them into an empty database with psql,"
          + " and dump that with pg_dump.";
  private static final String NOT_BY_PG_DUMP =
      ", which pg_dump does not write. Make the dump with pg_dump.";
  private static final String COMMENT =
      "Line 1 of the dump: A comment contains a zero byte, or a carriage return in the middle of"
          + " its line. Make the dump with pg_dump.";
  static final Arguments[] BAD = {
    bad("", INPUT_CUT, "Line 1 of the dump: The dump is empty. Make it or copy it again."),
    bad(
        HEADER + "SET statement_timeout = 0;\n",
        INPUT_CUT,
        "Line 6 of the dump: The dump ends without the line \"-- PostgreSQL database dump"
            + " complete\" and the lines after it"
            + AGAIN),
    bad(
        "\nCREATE TABLE app.t (\n a text DEFAULT 'canary",
        INPUT_CUT,
        "Line 2 of the dump: The dump ends inside the statement that begins here" + AGAIN),
    bad(
        "\n/* canary",
        INPUT_CUT,
        "Line 2 of the dump: The dump ends inside the comment that begins here" + AGAIN),
    bad(
        "\\restrict abc",
        INPUT_CUT,
        "Line 1 of the dump: The dump ends inside the psql command that begins here" + AGAIN),
    bad(
        "COPY app.t (a) FROM stdin;",
        INPUT_CUT,
        "Line 1 of the dump: The dump ends inside a COPY block" + AGAIN),
    bad(
        "COPY app.t (a) FROM stdin;\ncanary\nb",
        INPUT_CUT,
        "Line 3 of the dump: The dump ends inside the rows of table app.t, without the line \\."
            + " that ends them"
            + AGAIN),
    bad(
        "\\restrict abc\n" + END,
        INPUT_CUT,
        "Line 7 of the dump: The dump ends without the line \"-- PostgreSQL database dump"
            + " complete\" and the lines after it"
            + AGAIN),
    bad(
        "--\n-- PostgreSQL database cluster dump\n--\n" + END,
        INPUT_CUT,
        "Line 9 of the dump: The dump ends without the line \"-- PostgreSQL database dump"
            + " complete\" and the lines after it"
            + AGAIN),
    bad(
        "SET client_encoding = 'MULE_INTERNAL';" + END,
        INPUT_UNSUPPORTED,
        "Line 1 of the dump: decant cannot decode the encoding of this dump as PostgreSQL does."
            + " Make the dump with pg_dump --encoding=UTF8."),
    bad(
        "COPY app.t (a) FROM stdin WITH (FORMAT binary);\n",
        INPUT_UNSUPPORTED,
        "Line 1 of the dump: " + COPY),
    bad("COPY app.t FROM '/canary/file';\n", INPUT_UNSUPPORTED, "Line 1 of the dump: " + COPY),
    bad("COPY app.t FROM PROGRAM 'canary';\n", INPUT_UNSUPPORTED, "Line 1 of the dump: " + COPY),
    bad("COPY app.t TO stdout;\n", INPUT_UNSUPPORTED, "Line 1 of the dump: " + COPY),
    bad(
        "COPY app.t (a) FROM stdin; canary\n",
        INPUT_INVALID,
        "Line 1 of the dump: Text follows the COPY statement on its line. Make the dump with"
            + " pg_dump."),
    bad(
        "COPY app.t (a) FROM stdin;\ncanary\n\\.x\n",
        INPUT_INVALID,
        "Line 3 of the dump: Row 2 of table app.t begins with \\. but does not end there, which no"
            + " COPY row does. Make the dump with pg_dump."),
    bad(
        "COPY app.t (a) FROM stdin;\ncanary\\\n\\.\n",
        INPUT_INVALID,
        "Line 2 of the dump: Row 1 of table app.t ends in a backslash right before the \\. line."
            + " Make the dump with pg_dump."),
    bad(
        "COPY app.t (a) FROM stdin;\na\ncan\rary\n\\.\n",
        INPUT_INVALID,
        "Line 3 of the dump: Row 2 of table app.t contains a carriage return that COPY would have"
            + " written as \\r"
            + ". Make the dump with pg_dump."),
    bad(
        "COPY app.t (a) FROM stdin;\na\ncanary\r\n\\.\n",
        INPUT_INVALID,
        "Line 3 of the dump: Row 2 of table app.t ends in LF while the rows before it end in CR LF,"
            + " or the other way round. Make the dump with pg_dump."),
    bad(
        "DELETE FROM app.canary;" + END,
        INPUT_INVALID,
        "Line 1 of the dump: " + UNKNOWN + ": DELETE FROM" + NOT_HELD),
    bad(
        "DO $$canary$$;" + END,
        INPUT_INVALID,
        "Line 1 of the dump: " + UNKNOWN + ": DO" + NOT_HELD),
    bad("canary app.t;" + END, INPUT_INVALID, "Line 1 of the dump: " + UNKNOWN + NOT_HELD),
    bad(
        "SET canary.key = 'x';" + END,
        INPUT_INVALID,
        "Line 1 of the dump: " + UNKNOWN + ": SET" + NOT_HELD),
    bad(
        "CREATE TABLE app.t AS SELECT 'canary';" + END,
        INPUT_INVALID,
        "Line 1 of the dump: " + UNKNOWN + ": CREATE TABLE" + NOT_HELD),
    bad(
        "CREATE TABLE app.t ();\nDROP TABLE app.t;" + END,
        INPUT_INVALID,
        "Line 2 of the dump: " + UNKNOWN + ": DROP TABLE" + NOT_HELD),
    bad(
        "SELECT pg_catalog.setval('s', 1), canary();" + END,
        INPUT_INVALID,
        "Line 1 of the dump: " + UNKNOWN + ": SELECT" + NOT_HELD),
    bad(
        "COPY app.t (a) FROM stdin;\n"
            + "\\.\n"
            + "ALTER TABLE app.t ADD CONSTRAINT c CHECK (true), DROP canary;"
            + END,
        INPUT_INVALID,
        "Line 3 of the dump: " + UNKNOWN + ": ALTER TABLE" + NOT_HELD),
    bad("SET lock_timeout = 0;\n\\! canary\n" + END, INPUT_INVALID, "Line 2 of the dump: " + META),
    bad("\\copy canary from x\n" + END, INPUT_INVALID, "Line 1 of the dump: " + META),
    bad(
        "SET lock_timeout = 0 \\gexec\n" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a backslash command" + NOT_BY_PG_DUMP),
    bad(
        "SET\n lock_timeout = \0;" + END,
        INPUT_INVALID,
        "Line 2 of the dump: The statement has a byte that is not text" + NOT_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS 'x' -- y\r\\! canary\n;" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a carriage return without a line feed, outside of"
            + " quotes"
            + NOT_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS E'x'\r'canary';" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a carriage return without a line feed, outside of"
            + " quotes"
            + NOT_BY_PG_DUMP),
    bad("-- Name: t\r\\! canary; Type: a; Schema: b; Owner: c\n" + END, INPUT_INVALID, COMMENT),
    bad("-- Dumped from database version 16.4\r\\! canary\n" + END, INPUT_INVALID, COMMENT),
    bad("-- Name: t\0canary; Type: a; Schema: b; Owner: c\n" + END, INPUT_INVALID, COMMENT),
    bad(
        "\nCOMMENT ON TABLE app.t IS 'x\0canary\n';" + END,
        INPUT_INVALID,
        "Line 2 of the dump: The statement contains a zero byte. Make the dump with pg_dump."),
    bad(
        "COMMENT ON TABLE app.t IS 1a$$;\n\\! canary\n$$;" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a number that is followed by letters or a quote"
            + NOT_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS 1E'\\';\n\\! canary\n';" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a number that is followed by letters or a quote"
            + NOT_BY_PG_DUMP),
    bad(
        "COMMENT ON TABLE app.t IS 1E--';\n\\! canary\n';" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a number that is followed by letters or a quote"
            + NOT_BY_PG_DUMP),
    bad(
        "COPY app.t (U&\"canar\\0079\") FROM stdin;\n\\.\n" + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has an identifier with Unicode escapes"
            + NOT_BY_PG_DUMP),
    bad(
        "CREATE FUNCTION app.f() RETURNS int BEGIN ATOMIC SELECT 1 case; END; DELETE FROM canary;"
            + " END;"
            + END,
        INPUT_INVALID,
        "Line 1 of the dump: The statement has a semicolon inside CASE" + NOT_BY_PG_DUMP),
    bad(
        "CREATE FUNCTION app.f() RETURNS int BEGIN ATOMIC SELECT t.begin; END;\n"
            + "DELETE FROM canary; END;"
            + END,
        INPUT_INVALID,
        "Line 2 of the dump: " + UNKNOWN + ": DELETE FROM" + NOT_HELD),
    bad(
        "CREATE FUNCTION app.f() RETURNS app.begin LANGUAGE sql AS '';\n"
            + "DELETE FROM canary; END;"
            + END,
        INPUT_INVALID,
        "Line 2 of the dump: " + UNKNOWN + ": DELETE FROM" + NOT_HELD),
    bad("\\restrict abc\n\\connect canary\n" + END, INPUT_INVALID, "Line 2 of the dump: " + PAIRS),
    bad(
        "\\restrict abc\n\\unrestrict canary\n" + END,
        INPUT_INVALID,
        "Line 2 of the dump: " + PAIRS),
    bad("\\unrestrict canary\n" + END, INPUT_INVALID, "Line 1 of the dump: " + PAIRS),
    bad(
        "\\connect one\nCREATE TABLE t (a int);\n\\connect two\nCREATE TABLE canary ();\n",
        INPUT_UNSUPPORTED,
        "Line 5 of the dump: The dump has several databases with tables: one, two. Name one of them"
            + " with --database NAME."),
    bad(
        "<?xml version=\"1.0\"?><Error><Code>canary</Code></Error>",
        INPUT_INVALID,
        "Line 1 of the dump: This is HTML, XML or JSON instead of SQL, for example the error page"
            + " of a storage service that was saved as a file. Open the file, correct the error"
            + " that it describes, and download the dump again."),
    bad(
        "CREATE TABLE t (a int) WITH OIDS;",
        INPUT_UNSUPPORTED,
        "Line 1 of the dump: The dump creates tables with the hidden column oid, which PostgreSQL"
            + " 12 removed. Run ALTER TABLE … SET WITHOUT OIDS for these tables in the source"
            + " database, and dump it again."),
    bad(
        "--\n-- Dumped by pg_dump version 9.6.24\n--\n\nSET default_with_canary = false;" + END,
        INPUT_INVALID,
        "Line 5 of the dump: " + UNKNOWN + ": SET" + NOT_HELD),
    bad(
        "SET standard_conforming_strings = canary;" + END,
        INPUT_INVALID,
        "Line 1 of the dump: A SET command sets a value that is neither on nor off. Make the dump"
            + " with pg_dump."),
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

  /** No scratch database runs such a statement, so nothing else would find the error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lowrite(0, '\\x4g')",
        "lowrite(0, '\\x616')",
        "lowrite(0, '\\x6 1')",
        "lowrite(0, 'a\\b')",
        "lowrite(0, 'a\\477')",
        "lowrite(0, 61)",
        "lowrite(0)",
        "lowrite(0, '\\x61', '\\x61')"
      })
  void invalidBytesOfALargeObjectAreRefused(String call) {
    assertThatThrownBy(() -> Fixtures.describe("\nSELECT pg_catalog." + call + ";" + END))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_INVALID))
        .hasMessageStartingWith(
            "Line 2 of the dump: This statement writes a part of a large object, and its bytes are"
                + " not valid")
        .hasMessageNotContaining("61");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lowrite(0, '\\x')",
        "lowrite(0, '\\x61 fF\n00')",
        "lowrite(0, E'\\\\x6162')",
        "lowrite(0, 'a\\\\\\001é')",
        "lowrite(0, '')"
      })
  void validBytesOfALargeObjectAreRead(String call) throws Exception {
    assertThat(Fixtures.describe("SELECT pg_catalog." + call + ";" + END)).isNotEmpty();
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    String dump = "SET statement_timeout = 0;" + END;

    assertThat(Fixtures.describe("\uFEFF" + dump)).isEqualTo(Fixtures.describe(dump));
  }

  @Test
  void aStatementThatIsNotUtf8IsRefused() {
    byte[] dump =
        ("\nCOMMENT ON TABLE app.t IS '\u00e9';" + END).getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Fixtures.describe(new ByteArrayInputStream(dump), 100))
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "Line 2 of the dump: The statement is not UTF-8, and the dump declares no other"
                + " encoding before it. Name the encoding of the file, for example with --encoding"
                + " WIN1252, or make the dump with pg_dump --encoding=UTF8.");
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
              assertThat(e)
                  .hasMessageStartingWith(
                      "Line 1 of the dump: A statement that is larger than 64 MiB");
            });
  }

  @Test
  void aBrokenStreamIsReportedWithTheLine() {
    assertThatThrownBy(() -> Fixtures.describe(failing(new IOException("reset by peer")), 100))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
              assertThat(e)
                  .hasMessage(
                      "The dump could not be read after line 1: reset by peer. Check the disk, the"
                          + " pipe or the network, and run decant again.");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- MySQL dump 10.13  Distrib 8.0.36\n--\nCREATE TABLE `t` (`x` int);\n",
        "-- MariaDB dump 10.19\n",
        "/*M!999999\\- enable the sandbox mode */ \n-- dump\n",
        "-- phpMyAdmin SQL Dump\n",
        "create table if not exists `t` (\n",
        "USE [shop]\nGO\n",
        "PRAGMA foreign_keys=OFF;\n",
      })
  void aFileOfAnotherDatabaseIsNamed(String file) {
    assertThatThrownBy(() -> Fixtures.describe(file))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("This file was written for ")
        .hasMessageContaining("decant reads only dumps of PostgreSQL");
  }

  @Test
  void aBacktickInTheRowsOfPostgresqlIsData() {
    assertThat(
            Fixtures.describe(
                """
                -- PostgreSQL database dump
                COPY a.t (x) FROM stdin;
                INSERT INTO `t`
                \\.
                -- PostgreSQL database dump complete
                """))
        .contains("1+1:INSERT INTO `t`\n");
  }
}
