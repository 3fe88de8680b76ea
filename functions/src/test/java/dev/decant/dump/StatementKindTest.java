package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.dump.StatementKind.Output;
import dev.decant.error.DecantException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementKindTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  static DumpPart.Statement first(String sql) {
    try (DumpReader reader =
        new DumpReader(new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8)))) {
      return (DumpPart.Statement) reader.next();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SET statement_timeout = 0; | SETTING | statement_timeout
          SET transaction_timeout = 0; | SETTING_OF_NEWER_SERVER | transaction_timeout
          SET default_tablespace = fast; | SETTING_TABLESPACE | default_tablespace
          SET default_table_access_method = heap; | SETTING | default_table_access_method
          SET ROLE anna; | SETTING_ROLE | ROLE
          SET SESSION AUTHORIZATION 'anna'; | SETTING_ROLE | SESSION AUTHORIZATION
          RESET SESSION AUTHORIZATION; | SETTING_ROLE | SESSION AUTHORIZATION
          CREATE SCHEMA "A b"; | SCHEMA | SCHEMA "A b"
          CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog; | EXTENSION | EXTENSION plpgsql
          CREATE OR REPLACE PROCEDURAL LANGUAGE plperl; | LANGUAGE | LANGUAGE plperl
          CREATE TRUSTED PROCEDURAL LANGUAGE pltcl HANDLER h; | LANGUAGE | LANGUAGE pltcl
          CREATE FUNCTION a."F"(integer) RETURNS text AS 'x', 'y' LANGUAGE c; | FUNCTION | FUNCTION a."F"
          CREATE TRANSFORM FOR hstore LANGUAGE plperl (FROM SQL WITH FUNCTION f(internal)); | TRANSFORM | TRANSFORM
          CREATE DEFAULT CONVERSION a.c FOR 'LATIN1' TO 'UTF8' FROM f; | CONVERSION | CONVERSION a.c
          CREATE UNLOGGED TABLE a.t (x integer); | TABLE | a.t
          CREATE TABLE a.t PARTITION OF a.p FOR VALUES IN (1); | TABLE | a.t
          CREATE TABLE IF NOT EXISTS a.t (x integer); | TABLE | a.t
          CREATE UNLOGGED SEQUENCE a.s; | SEQUENCE | SEQUENCE a.s
          ALTER SEQUENCE a.s SET LOGGED; | SEQUENCE_SETTING | SEQUENCE a.s
          ALTER TABLE ONLY a.t ALTER COLUMN x SET DEFAULT nextval('a.s'::regclass); | COLUMN_DEFAULT | a.t
          ALTER TABLE ONLY a.t ALTER COLUMN "set" SET STORAGE EXTERNAL; | COLUMN_STORAGE | a.t
          ALTER TABLE ONLY a.t ALTER COLUMN x SET COMPRESSION lz4; | COLUMN_COMPRESSION | a.t
          ALTER TABLE ONLY a.t ALTER COLUMN x SET NOT NULL; | CONSTRAINT | a.t
          ALTER TABLE a.t ALTER COLUMN x ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME a.s); | COLUMN_IDENTITY | a.t
          ALTER TABLE ONLY a.t ADD CONSTRAINT c PRIMARY KEY (x); | CONSTRAINT | a.t
          ALTER TABLE ONLY a.t ADD CONSTRAINT c UNIQUE NULLS NOT DISTINCT (x, y); | CONSTRAINT | a.t
          ALTER TABLE a.t ADD CONSTRAINT c NOT NULL x NOT VALID; | CONSTRAINT | a.t
          ALTER TABLE a.t ADD CHECK ((x > 0)) NOT ENFORCED; | CONSTRAINT | a.t
          ALTER TABLE ONLY a.t ADD CONSTRAINT "foreign" FOREIGN KEY (x) REFERENCES a.u(id) NOT VALID; | FOREIGN_KEY | a.t
          ALTER TABLE ONLY a.p ATTACH PARTITION a.t FOR VALUES FROM (1, 2) TO (MAXVALUE, 3); | TABLE_ATTACH | a.p
          ALTER TABLE ONLY a.t INHERIT a.p; | TABLE_INHERIT | a.t
          ALTER TABLE a.t SET (autovacuum_enabled = false, fillfactor = 10); | TABLE_SETTING | a.t
          ALTER TABLE a.t SET ACCESS METHOD heap; | TABLE_SETTING | a.t
          ALTER TABLE a.t SET TABLESPACE fast; | TABLESPACE | a.t
          ALTER TABLE a.t OWNER TO "An; na"; | OWNER | OWNER
          ALTER AGGREGATE a.g(integer ORDER BY text) OWNER TO x; | OWNER | OWNER
          ALTER LARGE OBJECT 5 OWNER TO x; | OWNER | OWNER
          ALTER TABLE a.t CLUSTER ON i; | CLUSTER | a.t
          ALTER TABLE ONLY a.t REPLICA IDENTITY USING INDEX i; | REPLICA_IDENTITY | a.t
          ALTER TABLE a.t NO FORCE ROW LEVEL SECURITY; | ROW_SECURITY | a.t
          ALTER TABLE a.t ENABLE ALWAYS TRIGGER g; | TRIGGER_SWITCH | a.t
          ALTER TABLE a.t DISABLE RULE r; | TRIGGER_SWITCH | a.t
          ALTER TABLE a.t DISABLE TRIGGER ALL; | TRIGGER_SWITCH_ALL | a.t
          ALTER FOREIGN TABLE ONLY a.t ALTER COLUMN x OPTIONS (column_name 'x'); | FOREIGN_OPTIONS | a.t
          ALTER INDEX a.i ATTACH PARTITION a.j; | INDEX_ATTACH | INDEX a.i
          ALTER INDEX a.i ALTER COLUMN 1 SET STATISTICS 5; | INDEX_SETTING | INDEX a.i
          ALTER DOMAIN a.d ADD CONSTRAINT c CHECK (true) NOT VALID; | DOMAIN_CONSTRAINT | DOMAIN a.d
          ALTER FUNCTION a.f() DEPENDS ON EXTENSION e; | EXTENSION_DEPENDENCY | DEPENDS ON EXTENSION
          ALTER DEFAULT PRIVILEGES FOR ROLE x REVOKE ALL ON TABLES FROM y; | DEFAULT_PRIVILEGE | DEFAULT PRIVILEGES
          ALTER ROLE x IN DATABASE y SET work_mem TO '1MB'; | ROLE | ROLE
          UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname = 'x'; | DATABASE | DATABASE
          CREATE INDEX i ON a.t USING btree (x); | INDEX | INDEX i
          CREATE INDEX i ON ONLY a.t USING gin ("X y" public.gin_trgm_ops, z COLLATE "C" DESC NULLS LAST) INCLUDE (w) WITH (fillfactor='9'); | INDEX | INDEX i
          CREATE INDEX i ON a.t USING gist (x public.gist_trgm_ops (siglen='32')); | INDEX_EXPRESSION | INDEX i
          CREATE INDEX i ON a.t USING btree (lower(x)); | INDEX_EXPRESSION | INDEX i
          CREATE INDEX i ON a.t USING btree (((x ->> 'k'::text))); | INDEX_EXPRESSION | INDEX i
          CREATE INDEX i ON a.t USING btree (x) WHERE (y > 0); | INDEX_EXPRESSION | INDEX i
          CREATE UNIQUE INDEX i ON a.t USING btree (x); | INDEX_UNIQUE | INDEX i
          CREATE OR REPLACE VIEW a.v WITH (security_barrier='true') AS SELECT 1; | VIEW | a.v
          CREATE RECURSIVE VIEW a.v (n) AS SELECT 1; | VIEW | a.v
          CREATE MATERIALIZED VIEW a.m AS SELECT 1 WITH NO DATA; | MATERIALIZED_VIEW | a.m
          REFRESH MATERIALIZED VIEW a.m; | REFRESH | a.m
          CREATE CONSTRAINT TRIGGER g AFTER INSERT ON a.t FOR EACH ROW EXECUTE FUNCTION a.f(); | TRIGGER | TRIGGER g
          CREATE RULE r AS ON INSERT TO a.t DO INSTEAD ( UPDATE a.t SET x = 1; DELETE FROM a.t; ); | RULE | RULE r
          CREATE EVENT TRIGGER g ON ddl_command_end EXECUTE FUNCTION a.f(); | EVENT_TRIGGER | EVENT TRIGGER g
          CREATE USER MAPPING FOR x SERVER s OPTIONS (password 'y'); | USER_MAPPING | USER MAPPING
          SECURITY LABEL FOR p ON TABLE a.t IS 'x'; | SECURITY_LABEL | SECURITY LABEL
          COMMENT ON EXTENSION e IS 'x'; | COMMENT_DROPPED | COMMENT
          COMMENT ON TABLE a.t IS NULL; | COMMENT | COMMENT
          COMMENT ON LARGE OBJECT 5 IS 'x'; | LARGE_OBJECT_COMMENT | COMMENT
          SELECT pg_catalog.lo_create('5'); | LARGE_OBJECT_CREATE | LARGE OBJECT
          SELECT pg_catalog.lowrite(0, '\\x00'); | LARGE_OBJECT_DATA | LARGE OBJECT
          SELECT * FROM pg_catalog.pg_restore_extended_stats('x', (SELECT 1)); | RESTORE_STATISTICS | statistics
          DROP DATABASE IF EXISTS x; | DATABASE | DATABASE
          DROP TABLE IF EXISTS a.t; | CLEAN | DROP
          ALTER TABLE IF EXISTS ONLY a.t DROP CONSTRAINT IF EXISTS c; | CLEAN | a.t
          ALTER TABLE IF EXISTS ONLY a.p DETACH PARTITION a.t; | CLEAN | a.p
          SELECT setval('a.s', (SELECT max(id) FROM a.t)); | SEQUENCE_VALUE | SEQUENCE
          SELECT setval('a.s', COALESCE((SELECT MAX(id)+1 FROM a.t), 1), false); | SEQUENCE_VALUE | SEQUENCE
          SELECT setval(pg_get_serial_sequence('a.t', 'id'), max(id)) FROM a.t; | SEQUENCE_VALUE | SEQUENCE
          SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '7'; | CLEAN | LARGE OBJECT
          """)
  void aStatementIsOfItsKind(String sql, StatementKind kind, String object) {
    DumpPart.Statement statement = first(sql);
    assertThat(statement.kind()).isEqualTo(kind);
    assertThat(statement.object()).isEqualTo(object);
    assertThat(Fixtures.text(statement.text())).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE a.t (x, y) AS SELECT 1, 2;",
        "CREATE TABLE a.t AS TABLE a.u;",
        "CREATE TEMP TABLE t (x integer);",
        "CREATE SCHEMA a CREATE TABLE t (x integer);",
        "ALTER SYSTEM SET x = 1;",
        "SELECT 1;",
        "SELECT * FROM a.t;",
        "SELECT setval('s', (SELECT canary(id) FROM a.t));",
        "SELECT setval('s', max(id)), canary() FROM a.t;",
        "SELECT setval('s', max(id)) FROM a.t, a.canary();",
        "SELECT pg_catalog.set_config('session_replication_role', 'replica', false);",
        "SELECT pg_catalog.lo_from_bytea(5, 'x');",
        "SET client_encoding;",
        "SET NAMES 'utf8';",
        "UPDATE a.t SET x = 1;",
        "UPDATE pg_catalog.pg_class SET x = 1;",
        "ROLLBACK;",
        "TRUNCATE a.t;",
        "EXECUTE x;",
        "\"create\" table a.t ();",
        "(SELECT 1);",
      })
  void aStatementOfNoKindIsRefused(String sql) {
    assertThatThrownBy(() -> first(sql))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith(
            "Line 1 of the dump: This statement does not occur in dumps of pg_dump 9.2 to 18");
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void onlyTheDropBlockIsCleaned(String name) {
    List<DumpPart.Statement> cleaned =
        Fixtures.statements(name).stream().filter(s -> s.kind() == StatementKind.CLEAN).toList();
    if (!name.endsWith("-clean") || name.contains("create")) {
      assertThat(cleaned).isEmpty();
      return;
    }
    assertThat(cleaned).hasSizeGreaterThan(80);
    assertThat(cleaned.stream().filter(s -> Fixtures.text(s.text()).startsWith("CREATE OR")))
        .hasSize(2);
    assertThat(cleaned).allMatch(s -> s.comment().length == 0);
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void aStatementBeginsOnItsLine(String name) {
    String[] lines = Fixtures.text(Fixtures.bytes(name)).split("\n", -1);
    for (DumpPart.Statement statement : Fixtures.statements(name)) {
      String firstLine = Fixtures.text(statement.text()).split("\n", -1)[0];
      assertThat(lines[(int) statement.line() - 1]).startsWith(firstLine);
    }
  }

  @Test
  void theFixturesHoldNearlyEveryKind() {
    EnumSet<StatementKind> seen =
        DUMPS.stream()
            .flatMap(name -> Fixtures.statements(name).stream())
            .map(DumpPart.Statement::kind)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(StatementKind.class)));
    assertThat(EnumSet.complementOf(seen))
        .containsExactlyInAnyOrder(
            StatementKind.LANGUAGE,
            StatementKind.TRANSFORM,
            StatementKind.TABLE_INHERIT,
            StatementKind.TABLE_SETTING,
            StatementKind.SCHEMA_CHANGE,
            StatementKind.SEQUENCE_SETTING,
            StatementKind.TRIGGER_SWITCH_ALL,
            StatementKind.INSERT,
            StatementKind.TABLESPACE,
            StatementKind.SECURITY_LABEL,
            StatementKind.IGNORED,
            StatementKind.ERROR_STOP);
  }

  @Test
  void whatTheScratchNeverRunsMayTravelButNotTheOtherWayRound() {
    for (StatementKind kind : StatementKind.values()) {
      if (kind.output() == Output.DROP) {
        assertThat(kind.scratch()).as(kind.name()).isEqualTo(StatementKind.Scratch.NEVER);
      }
    }
  }
}
