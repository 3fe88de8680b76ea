package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class SkeletonTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE SERVER s TYPE 'k' FOREIGN DATA WRAPPER w OPTIONS (host 'canary)', port '1'); | CREATE SERVER s TYPE 'k' FOREIGN DATA WRAPPER w;
          CREATE SERVER s FOREIGN DATA WRAPPER w; | CREATE SERVER s FOREIGN DATA WRAPPER w;
          CREATE FOREIGN DATA WRAPPER w HANDLER h OPTIONS (d 'canary'); | CREATE FOREIGN DATA WRAPPER w HANDLER h;
          CREATE FOREIGN TABLE a.t (x integer OPTIONS (n 'canary') NOT NULL, options text) SERVER s OPTIONS (t 'canary'); | CREATE FOREIGN TABLE a.t (x integer NOT NULL, options text) SERVER s;
          CREATE TABLE a.t (tablespace text) WITH (fillfactor=70) TABLESPACE canary; | CREATE TABLE a.t (tablespace text) WITH (fillfactor=70);
          CREATE INDEX i ON a.t (x) TABLESPACE "Can ary" WHERE (y > 0); | CREATE INDEX i ON a.t (x) WHERE (y > 0);
          CREATE INDEX i ON a.t (x) WHERE tablespace = 1; | CREATE INDEX i ON a.t (x) WHERE tablespace = 1;
          CREATE MATERIALIZED VIEW a.m TABLESPACE canary AS SELECT tablespace FROM a.t; | CREATE MATERIALIZED VIEW a.m AS SELECT tablespace FROM a.t;
          CREATE MATERIALIZED VIEW a.m AS SELECT tablespace FROM a.t; | CREATE MATERIALIZED VIEW a.m AS SELECT tablespace FROM a.t;
          ALTER TABLE a.t ADD CONSTRAINT c PRIMARY KEY (x) USING INDEX TABLESPACE canary; | ALTER TABLE a.t ADD CONSTRAINT c PRIMARY KEY (x);
          CREATE TABLE tablespace.tablespace (tablespace integer NOT NULL); | CREATE TABLE tablespace.tablespace (tablespace integer NOT NULL);
          CREATE TABLE tablespace.tablespace (tablespace text) TABLESPACE tablespace; | CREATE TABLE tablespace.tablespace (tablespace text);
          CREATE UNIQUE INDEX tablespace ON tablespace.tablespace USING btree (tablespace); | CREATE UNIQUE INDEX tablespace ON tablespace.tablespace USING btree (tablespace);
          CREATE INDEX tablespace ON ONLY tablespace.tablespace USING tablespace (x) TABLESPACE tablespace WHERE (x > 0); | CREATE INDEX tablespace ON ONLY tablespace.tablespace USING tablespace (x) WHERE (x > 0);
          CREATE MATERIALIZED VIEW tablespace.tablespace AS SELECT 1; | CREATE MATERIALIZED VIEW tablespace.tablespace AS SELECT 1;
          ALTER TABLE ONLY tablespace.tablespace ADD CONSTRAINT tablespace UNIQUE (x) USING INDEX TABLESPACE tablespace DEFERRABLE; | ALTER TABLE ONLY tablespace.tablespace ADD CONSTRAINT tablespace UNIQUE (x) DEFERRABLE;
          ALTER TABLE ONLY tablespace ADD CONSTRAINT tablespace CHECK (true); | ALTER TABLE ONLY "public".tablespace ADD CONSTRAINT tablespace CHECK (true);
          CREATE VIEW a.v AS SELECT x[1:n], x[n : "M"], x::text, x[:'u'], f(a := 1) FROM a.t; | CREATE VIEW a.v AS SELECT x[1: n], x[n : "M"], x::text, x[: 'u'], f(a := 1) FROM a.t;
          CREATE VIEW a.v AS SELECT x[1:"USER"], x[:{?USER}], x[1:2], 'a :USER', ":USER" /* :USER */; | CREATE VIEW a.v AS SELECT x[1: "USER"], x[: {?USER}], x[1: 2], 'a :USER', ":USER" ;
          CREATE FUNCTION begin.begin(begin text) RETURNS public.begin BEGIN ATOMIC SELECT t.begin, x[begin] begin atomic FROM t; END; | CREATE FUNCTION "begin"."begin"("begin" text) RETURNS public."begin" BEGIN ATOMIC SELECT t."begin", x["begin"] "begin" atomic FROM t; END;
          CREATE FUNCTION a.f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN a[1:n]; END $$; | CREATE FUNCTION a.f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN a[1:n]; END $$;
          CREATE VIEW a.v AS SELECT 'a\\', 'b\\d', "c\\", E'd\\'', U&'e\\0041\\', f('g\\''h'), xy'\\'; | CREATE VIEW a.v AS SELECT E'a\\\\', 'b\\d', "c\\", E'd\\'', U&'e\\0041\\', f(E'g\\\\''h'), xy E'\\\\';
          CREATE SCHEMA public; | CREATE SCHEMA IF NOT EXISTS public;
          CREATE SCHEMA IF NOT EXISTS public; | CREATE SCHEMA IF NOT EXISTS public;
          CREATE SCHEMA app AUTHORIZATION canary; | CREATE SCHEMA app;
          CREATE POLICY p ON a.t FOR SELECT TO canary, "can, ary" USING ((x <> 'to'::text)); | CREATE POLICY p ON a.t FOR SELECT TO CURRENT_USER USING ((x <> 'to'::text));
          CREATE POLICY p ON a.t TO canary; | CREATE POLICY p ON a.t TO CURRENT_USER;
          CREATE POLICY p ON a.t AS PERMISSIVE TO canary USING (true); | CREATE POLICY p ON a.t AS PERMISSIVE TO CURRENT_USER USING (true);
          CREATE POLICY p ON a.t AS RESTRICTIVE TO canary USING (false); | CREATE POLICY p ON a.t AS RESTRICTIVE USING (false);
          CREATE POLICY p ON a.t TO canary, PUBLIC USING (true); | CREATE POLICY p ON a.t USING (true);
          CREATE POLICY p ON a.t WITH CHECK (true); | CREATE POLICY p ON a.t WITH CHECK (true);
          """)
  void whatMustNotTravelIsTakenOut(String sql, String published) {
    assertThat(Fixtures.text(Skeleton.published(StatementKindTest.first(sql))))
        .isEqualTo(published);
  }

  @Test
  void commentsBetweenTokensAreTakenOut() {
    String sql =
        """
        CREATE FUNCTION a.f(x int, -- as in 'x'
          y int /* a /* b */ */ DEFAULT 1 - -1 -- y
        ) RETURNS int LANGUAGE sql AS $$ SELECT 1 -- z
        $$;\
        """;
    String published =
        """
        CREATE FUNCTION a.f(x int,
          y int DEFAULT 1 - -1
        ) RETURNS int LANGUAGE sql AS $$ SELECT 1 -- z
        $$;\
        """;
    assertThat(Fixtures.text(Skeleton.published(StatementKindTest.first(sql))))
        .isEqualTo(published);
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void otherStatementsTravelAsTheyAre(String name) {
    int changed = 0;
    for (DumpPart.Statement statement : Fixtures.statements(name)) {
      byte[] published = Skeleton.published(statement);
      if (statement.kind().output() == StatementKind.Output.DROP) {
        assertThat(published).isEmpty();
      } else if (!Fixtures.text(published).equals(Fixtures.text(statement.text()))) {
        changed++;
      }
    }
    // The wrapper, the server, the foreign table, the policy with a role, and the view whose string
    // has a backslash before its last quote.
    assertThat(changed).isEqualTo(5);
  }

  /** Every canary of the kitchen sink, except the one that is the name of a table. */
  @ParameterizedTest
  @FieldSource("DUMPS")
  void secretsOfDroppedStatementsAndOptionsAreAbsent(String name) {
    assertThat(canaries(Fixtures.text(Fixtures.bytes(name)))).hasSizeGreaterThan(10);
    String published = Fixtures.published(name);
    assertThat(canaries(published)).containsOnly("canary-owner");
    assertThat(published)
        .contains(
            "CREATE TABLE public.\"x; Type: TABLE DATA; Schema: public; Owner: canary-owner\"")
        .doesNotContain("decant_reader")
        .doesNotContain("424242")
        .doesNotContain("Owner: postgres")
        .doesNotContain("\\restrict Key")
        .doesNotContain("pg_restore_")
        .doesNotContain("\nGRANT")
        .doesNotContain("kitchen;");
  }

  private static List<String> canaries(String text) {
    return Pattern.compile("canary[-;]?\\w*")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** The output is a dump again, and its own output is the same byte for byte. */
  @ParameterizedTest
  @FieldSource("DUMPS")
  void whatTravelsIsADump(String name) {
    List<String> kinds = new ArrayList<>();
    try (DumpReader reader =
        new DumpReader(
            RowReadTest.stream(
                Fixtures.published(name)
                    .replaceFirst("\n\nSET ", "\n\n\\\\set ON_ERROR_STOP on\n\nSET ")))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.Statement statement) {
          kinds.add(statement.kind().name());
          assertThat(Skeleton.published(statement))
              .isEqualTo(
                  statement.kind() == StatementKind.ERROR_STOP ? new byte[0] : statement.text());
        } else {
          reader.skipRows();
        }
      }
    }
    assertThat(kinds).doesNotContain("OWNER", "PRIVILEGE", "CLEAN", "RESTRICT").contains("TABLE");
  }

  @Test
  void theFooterIsTheSourcesOwn() {
    assertThat(Fixtures.text(Fixtures.bytes("small"))).contains(Fixtures.text(Skeleton.footer()));
  }

  @Test
  void backslashesAreFollowedWhereTheyEscape() {
    String sql = "CREATE SERVER s TYPE 'a\\'' FOREIGN DATA WRAPPER w OPTIONS (h 'canary\\')');";
    var statement =
        new DumpPart.Statement(
            1,
            StatementKind.SERVER,
            sql.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "SERVER s",
            new byte[0],
            true);
    assertThat(Fixtures.text(Skeleton.published(statement)))
        .isEqualTo("CREATE SERVER s TYPE E'a\\'' FOREIGN DATA WRAPPER w;");
  }
}
