package dev.decant.cli;

import static dev.decant.testing.Canaries.NUMBER;
import static dev.decant.testing.Canaries.OTHER;
import static dev.decant.testing.Canaries.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;

/**
 * A fault in one stage of {@code decant sanitize}, over rows that consist of canaries.
 *
 * @param name the fault, for the name of the test
 * @param exitCode the exit code of the command
 * @param says a part of the message, which shows that the fault happened where it should
 * @param dump the statements and rows of the dump
 * @param policy the lines of the policy that follow its version
 * @param encoding the encoding of the dump's file
 */
record CanaryFault(
    String name, int exitCode, String says, String dump, String policy, Charset encoding) {
  private static final String TABLE =
      "CREATE TABLE public.t (id integer NOT NULL, c text, n %s);\n";
  private static final String ROWS =
      """
      COPY public.t (id, c, n) FROM stdin;
      1\t%1$s\t%2$s
      2\t%1$s\t%2$s
      3\t%3$s\t%2$s
      \\.

      """;
  static final String KEPT = "tables: { public.t: { keep: [id, c, n] } }\n";

  private CanaryFault(String name, int exitCode, String says, String dump, String policy) {
    this(name, exitCode, says, dump, policy, UTF_8);
  }

  CanaryFault in(Charset other) {
    return new CanaryFault(name, exitCode, says, dump, policy, other);
  }

  /** The same fault, with another end of the command. */
  CanaryFault ends(int otherCode, String otherText) {
    return new CanaryFault(name, otherCode, otherText, dump, policy, encoding);
  }

  /** The table and its rows, without a fault: two texts, and three times the same number. */
  static String rows() {
    return TABLE.formatted("bigint") + ROWS.formatted(TEXT, NUMBER, OTHER);
  }

  /** A value that a column's type does not accept. */
  static CanaryFault value(String type, String value) {
    String row = "COPY public.t (id, c, n) FROM stdin;\n1\tx\t\\N\n2\tx\t" + value + "\n\\.\n";
    String dump =
        """
        CREATE TYPE public.mood AS ENUM ('ok');
        CREATE DOMAIN public.short AS text CONSTRAINT short_check CHECK ((length(VALUE) < 5));
        CREATE TYPE public.pair AS (a integer, b integer);
        CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;
        """;
    return new CanaryFault(
        type + " of " + value, 12, "public.t", dump + TABLE.formatted(type) + row, KEPT);
  }

  /** A value that a mask cannot read. */
  static CanaryFault masked(String type, String mask, String value) {
    CanaryFault kept = value(type, value);
    String policy = "tables: { public.t: { keep: [id, c], columns: { n: " + mask + " } } }\n";
    return new CanaryFault(mask + " over " + kept.name, 11, "public.t", kept.dump, policy, UTF_8);
  }

  /** Rows in a form that the reader refuses. */
  static CanaryFault rows(String name, int exitCode, String says, String rows) {
    return new CanaryFault(name, exitCode, says, TABLE.formatted("bigint") + rows, KEPT);
  }

  /** A definition that the rows violate, or an expression that fails over them. */
  static CanaryFault ddl(int exitCode, String says, String sql) {
    return new CanaryFault(sql, exitCode, says, rows() + sql + "\n", KEPT);
  }

  /** A table whose definition computes something of its rows while they are loaded. */
  static CanaryFault table(int exitCode, String says, String before, String columns) {
    String dump =
        before + "\nCREATE TABLE public.t (id integer NOT NULL, c text, n bigint" + columns;
    return new CanaryFault(
        before + columns, exitCode, says, dump + ";\n" + ROWS.formatted(TEXT, NUMBER, OTHER), KEPT);
  }

  /** A trigger that fails or lies, or any other statement after the rows, and a step. */
  static CanaryFault step(String says, String sql) {
    return new CanaryFault(
        "step: " + sql, 12, says, rows(), KEPT + "sql: [ " + quoted(sql) + " ]\n");
  }

  static CanaryFault assertion(String says, String sql) {
    String yaml = "assertions: [ {name: a, equals: 7, sql: " + quoted(sql) + "} ]\n";
    return new CanaryFault("assertion: " + sql, 13, says, rows(), KEPT + yaml);
  }

  static CanaryFault policy(String name, int exitCode, String says, String policy) {
    return new CanaryFault(name, exitCode, says, rows(), policy);
  }

  private static String quoted(String sql) {
    return "'" + sql.replace("'", "''") + "'";
  }

  byte[] file() {
    return text(dump).getBytes(encoding);
  }

  /** The dump file with these statements and rows. */
  static byte[] file(String dump) {
    return text(dump).getBytes(UTF_8);
  }

  private static String text(String dump) {
    String head =
        """
        --
        -- PostgreSQL database dump
        --

        -- Dumped from database version 17.4
        -- Dumped by pg_dump version 17.4

        SET client_encoding = 'UTF8';
        SET standard_conforming_strings = on;
        SELECT pg_catalog.set_config('search_path', '', false);
        SET check_function_bodies = false;

        """;
    String foot = "\n--\n-- PostgreSQL database dump complete\n--\n\n";
    boolean cut = dump.endsWith("\u0000");
    return head + (cut ? dump.substring(0, dump.length() - 1) : dump + foot);
  }

  /** A dump whose file ends after these rows. */
  static CanaryFault cut(String name, String says, String rows) {
    return rows(name, 11, says, rows + "\u0000");
  }

  @Override
  public String toString() {
    return name.replace(TEXT, "TEXT").replace(NUMBER, "NUMBER").replace('\n', ' ');
  }
}
