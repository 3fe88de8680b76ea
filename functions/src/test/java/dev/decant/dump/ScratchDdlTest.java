package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class ScratchDdlTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE TABLE a.t (x integer); | CREATE UNLOGGED TABLE a.t (x integer);
          create table a.t (x integer) TABLESPACE fast; | create UNLOGGED table a.t (x integer);
          CREATE UNLOGGED TABLE a.t (x integer); | CREATE UNLOGGED TABLE a.t (x integer);
          CREATE TABLE a.t (x integer) PARTITION BY RANGE (x); | CREATE TABLE a.t (x integer) PARTITION BY RANGE (x);
          CREATE UNLOGGED TABLE a.t (x integer) PARTITION BY RANGE (x); | CREATE TABLE a.t (x integer) PARTITION BY RANGE (x);
          CREATE TABLE a.t PARTITION OF a.p DEFAULT PARTITION BY LIST (x); | CREATE TABLE a.t PARTITION OF a.p DEFAULT PARTITION BY LIST (x);
          CREATE TABLE a.t (x text COMPRESSION lz4 NOT NULL, compression text, y text COLLATE "C" COMPRESSION pglz); | CREATE UNLOGGED TABLE a.t (x text NOT NULL, compression text, y text COLLATE "C");
          CREATE TABLE a.t (x text DEFAULT 'PARTITION BY'); | CREATE UNLOGGED TABLE a.t (x text DEFAULT 'PARTITION BY');
          CREATE FOREIGN TABLE a.t (x integer) SERVER s OPTIONS (h 'x'); | CREATE FOREIGN TABLE a.t (x integer) SERVER s;
          CREATE TABLE a.t (compression text COMPRESSION lz4, b a.compression, CONSTRAINT compression CHECK (true)); | CREATE UNLOGGED TABLE a.t (compression text, b a.compression, CONSTRAINT compression CHECK (true));
          CREATE TABLE a.t (x text STORAGE EXTERNAL COMPRESSION lz4, storage text STORAGE plain); | CREATE UNLOGGED TABLE a.t (x text, storage text);
          CREATE TABLE a.t (x storage NOT NULL, y compression DEFAULT f(), z numeric(9,2) STORAGE main); | CREATE UNLOGGED TABLE a.t (x storage NOT NULL, y compression DEFAULT f(), z numeric(9,2));
          CREATE TABLE a.t (LIKE a.u INCLUDING STORAGE EXCLUDING COMPRESSION INCLUDING INDEXES); | CREATE UNLOGGED TABLE a.t (LIKE a.u INCLUDING STORAGE EXCLUDING COMPRESSION INCLUDING INDEXES);
          CREATE SCHEMA public; | CREATE SCHEMA IF NOT EXISTS public;
          ALTER TABLE a.t ALTER COLUMN x SET COMPRESSION lz4; | ``
          ALTER TABLE a.t OWNER TO x; | ``
          CREATE VIEW a.v AS SELECT 1; | CREATE VIEW a.v AS SELECT 1;
          """)
  void theScratchRunsItsOwnForm(String sql, String scratch) {
    assertThat(ScratchDdl.forScratch(StatementKindTest.first(sql), true)).isEqualTo(scratch);
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void tablesStayLoggedOnRequest(String name) {
    for (DumpPart.Statement statement : Fixtures.statements(name)) {
      if (statement.kind() == StatementKind.TABLE) {
        assertThat(ScratchDdl.forScratch(statement, false))
            .isEqualTo(Fixtures.text(statement.text()));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void partitionedTablesAreTold(String name) {
    assertThat(
            Fixtures.statements(name).stream()
                .filter(ScratchDdl::partitioned)
                .map(DumpPart.Statement::object))
        .containsExactlyInAnyOrder("app.events", "app.events_rest");
  }
}
