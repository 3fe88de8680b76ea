package dev.decant.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.Superuser;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CatalogReaderIT {
  private static Schema schemaOf(PostgresVersion version, String ddl) {
    try (ScratchDatabase database = version.server().create("catalog");
        Connection connection = Superuser.of(version.server(), database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(ddl);
      return CatalogReader.read(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Table table(Schema schema, String name) {
    return schema.table(new TableName("public", name)).orElseThrow();
  }

  private static Column column(Schema schema, String table, String column) {
    return table(schema, table).column(column).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void columnsHaveTheirTypes(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE EXTENSION citext; CREATE SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext;
            CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TYPE mood ADD VALUE 'so so' BEFORE 'ok';
            CREATE TYPE pair AS (a int, b text);
            CREATE TYPE fake AS ENUM ('x');
            CREATE DOMAIN short AS varchar(12) CHECK (value <> '');
            CREATE DOMAIN must AS short NOT NULL;
            CREATE DOMAIN plain AS numeric(6, -2);
            CREATE TABLE t (
              a text, b varchar(40), c char(3), d "char", e name, f citext, g smallint, h int,
              i bigint, j numeric, k numeric(10, 2), l real, m double precision, n boolean, o date,
              p timestamp(3), q timestamptz, r time, s interval, t uuid, u bytea, v json, w jsonb,
              x xml, y ext.hstore, z inet, aa cidr, ab macaddr, ac tsvector, ad mood, ae text[],
              af varchar(7)[], ag point, ah int4range, ai pair, aj bit(3), ak must, al plain,
              am mood[], an short[], ao varchar, ap char, "Q q" int)\
            """);
    List<String> told = table(schema, "t").columns().stream().map(CatalogReaderIT::told).toList();
    assertThat(told)
        .containsExactly(
            "a text TEXT",
            "b character varying(40) TEXT max 40",
            "c character(3) TEXT max 3",
            "d \"char\" TEXT max 1",
            "e name TEXT max 63",
            "f citext TEXT",
            "g smallint SMALLINT",
            "h integer INTEGER",
            "i bigint BIGINT",
            "j numeric NUMERIC",
            "k numeric(10,2) NUMERIC 10/2",
            "l real FLOAT",
            "m double precision FLOAT",
            "n boolean BOOLEAN",
            "o date DATE",
            "p timestamp(3) without time zone TIMESTAMP",
            "q timestamp with time zone TIMESTAMP",
            "r time without time zone TIME",
            "s interval INTERVAL",
            "t uuid UUID",
            "u bytea BYTEA",
            "v json JSON",
            "w jsonb JSON",
            "x xml XML",
            "y ext.hstore HSTORE",
            "z inet INET",
            "aa cidr CIDR",
            "ab macaddr MACADDR",
            "ac tsvector TSVECTOR",
            "ad mood ENUM [sad, so so, ok]",
            "ae text[] ARRAY of (text TEXT)",
            "af character varying(7)[] ARRAY of (character varying(7) TEXT max 7)",
            "ag point POINT",
            "ah int4range RANGE of (integer INTEGER)",
            "ai pair COMPOSITE of (a integer INTEGER, b text TEXT)",
            "aj bit(3) OTHER",
            "ak must TEXT max 12 domain not null constrained",
            "al plain NUMERIC 6/-2 domain",
            "am mood[] ARRAY of (mood ENUM [sad, so so, ok])",
            "an short[] ARRAY of (short TEXT max 12 domain) constrained",
            "ao character varying TEXT",
            "ap character(1) TEXT max 1",
            "Q q integer INTEGER");
  }

  private static String told(Column column) {
    return column.name()
        + ' '
        + told(column.type())
        + (column.notNull() ? " not null" : "")
        + (column.generated() ? " generated" : "")
        + (column.constrained() ? " constrained" : "");
  }

  private static String told(ColumnType type) {
    return type.name()
        + ' '
        + type.category()
        + (type.maxLength() < 0 ? "" : " max " + type.maxLength())
        + (type.precision() < 0 ? "" : " " + type.precision() + '/' + type.scale())
        + (type.labels().isEmpty() ? "" : " " + type.labels())
        + (type.element() == null ? "" : " of (" + told(type.element()) + ')')
        + (type.fields().isEmpty()
            ? ""
            : type.fields().stream()
                .map(f -> f.name() + ' ' + told(f.type()))
                .collect(Collectors.joining(", ", " of (", ")")))
        + (type.domain() ? " domain" : "");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void columnsSayWhatHoldsThem(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, gone int, b int CHECK (b > 0),
              c int GENERATED ALWAYS AS (a * 2) STORED, d int, e int,
              i int GENERATED ALWAYS AS IDENTITY, CHECK (d < e));
            ALTER TABLE t DROP COLUMN gone;
            CREATE TABLE whole (x int, y int); ALTER TABLE whole ADD CHECK (whole IS NOT NULL)\
            """);
    assertThat(table(schema, "t").columns().stream().map(CatalogReaderIT::told))
        .containsExactly(
            "id integer INTEGER not null",
            "a integer INTEGER not null",
            "b integer INTEGER constrained",
            "c integer INTEGER generated",
            "d integer INTEGER constrained",
            "e integer INTEGER constrained",
            "i integer INTEGER not null");
    assertThat(table(schema, "whole").columns()).allMatch(Column::constrained);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void factsOfValuesAreTold(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE DOMAIN plan AS text CHECK (value IN ('gold', 'tin'));
            CREATE SEQUENCE odd;
            CREATE TABLE t (i int GENERATED ALWAYS AS IDENTITY, s serial, u uuid DEFAULT gen_random_uuid(),
              n int DEFAULT nextval('odd') + 1, d int DEFAULT 7, p plan,
              g char(1) CHECK (g = 'm' OR g = 'f'), c text CHECK (char_length(c) <= 2))\
            """);
    TableName t = table(schema, "t").name();
    assertThat(List.of("i", "s", "u", "n"))
        .allMatch(column -> schema.facts(t, column).serverMade());
    assertThat(schema.facts(t, "d")).isEqualTo(ColumnFacts.NONE);
    assertThat(schema.facts(t, "p").allowed()).containsExactly("gold", "tin");
    assertThat(schema.facts(t, "g").allowed()).containsExactly("m", "f");
    assertThat(schema.facts(t, "c").longest()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void partitionsAndParentsAreTold(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE TABLE p (id int, at timestamptz, region text, name text)
              PARTITION BY RANGE (at, lower(name), region);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01', 'a', 'a')
              TO ('2027-01-01', 'a', 'a') PARTITION BY LIST (id);
            CREATE TABLE p1a PARTITION OF p1 DEFAULT;
            CREATE TABLE m (a int); CREATE TABLE n (b int);
            CREATE TABLE child (c int) INHERITS (n, m)\
            """);
    assertThat(table(schema, "p").partitioned()).isTrue();
    assertThat(table(schema, "p").partitionKey()).containsExactlyInAnyOrder("at", "region", "name");
    assertThat(table(schema, "p").partitionOf()).isNull();
    assertThat(table(schema, "p1").partitionKey()).containsExactly("id");
    assertThat(table(schema, "p1").partitionOf()).isEqualTo(new TableName("public", "p"));
    assertThat(table(schema, "p1a").partitioned()).isFalse();
    assertThat(table(schema, "p1a").partitionOf()).isEqualTo(new TableName("public", "p1"));
    assertThat(table(schema, "p1a").partitionKey()).isEmpty();
    assertThat(table(schema, "child").parents())
        .containsExactly(new TableName("public", "n"), new TableName("public", "m"));
    assertThat(table(schema, "child").partitionOf()).isNull();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void uniqueKeysNameEveryColumnThatTheyRead(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE EXTENSION btree_gist;
            CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text, d int, e int4range,
              UNIQUE (b, a) INCLUDE (c), EXCLUDE USING gist (d WITH =, e WITH &&));
            CREATE UNIQUE INDEX t_expr ON t (lower(a), d) WHERE c <> '';
            CREATE UNIQUE INDEX t_plain ON t (c) INCLUDE (d);
            CREATE UNIQUE INDEX t_nulls ON t (c) NULLS NOT DISTINCT;
            CREATE INDEX t_other ON t (d)\
            """);
    assertThat(
            schema.uniqueKeys().stream()
                .map(
                    key ->
                        "%s %s %s %s %s"
                            .formatted(
                                key.name(),
                                key.kind(),
                                key.columns(),
                                key.plain(),
                                key.nullsEqual())))
        .containsExactlyInAnyOrder(
            "t_pkey PRIMARY_KEY [id] [id] false",
            "t_b_a_c_key UNIQUE [b, a] [b, a] false",
            "t_d_e_excl EXCLUDE [d, e] [d, e] false",
            "t_expr UNIQUE_INDEX [d, a, c] [d] false",
            "t_plain UNIQUE_INDEX [c] [c] false",
            "t_nulls UNIQUE_INDEX [c] [c] true");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void foreignKeysAreToldOnce(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
            CREATE TABLE p (id int, ax int, ay int, parent int, PRIMARY KEY (id),
              CONSTRAINT p_a FOREIGN KEY (ay, ax) REFERENCES a (x, y),
              CONSTRAINT p_p FOREIGN KEY (parent) REFERENCES p) PARTITION BY HASH (id);
            CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1)\
            """);
    TableName p = new TableName("public", "p");
    assertThat(schema.foreignKeys())
        .containsExactly(
            new ForeignKey(
                "p_a", p, List.of("ay", "ax"), new TableName("public", "a"), List.of("x", "y")),
            new ForeignKey("p_p", p, List.of("parent"), p, List.of("id")));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void onlyTablesThatADumpHoldsRowsOf(PostgresVersion version) {
    Schema schema =
        schemaOf(
            version,
            """
            CREATE SCHEMA "Odd one"; CREATE TABLE "Odd one"."T t" ();
            CREATE TABLE t (a int); CREATE UNLOGGED TABLE u (a int); CREATE TEMP TABLE temp (a int);
            CREATE VIEW v AS SELECT * FROM t; CREATE MATERIALIZED VIEW mv AS SELECT * FROM t;
            CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw;
            CREATE FOREIGN TABLE f (a int) SERVER s OPTIONS (filename '/dev/null')\
            """);
    assertThat(schema.tables().stream().map(table -> table.name().toString()))
        .containsExactly("\"Odd one\".\"T t\"", "public.t", "public.u");
  }

  @Test
  void tablesOfExtensionsAreTold() {
    // No extension of the binaries has a table, so this makes a table a member of one.
    Schema schema =
        schemaOf(
            PostgresVersion.V18,
            "CREATE TABLE config (a int); CREATE EXTENSION pg_trgm;"
                + " ALTER EXTENSION pg_trgm ADD TABLE config; CREATE TABLE own (a int)");
    assertThat(table(schema, "config").extension()).isEqualTo("pg_trgm");
    assertThat(table(schema, "own").extension()).isNull();
  }

  @Test
  void eighteensNewKindsAreTold() {
    Schema schema =
        schemaOf(
            PostgresVersion.V18,
            """
            CREATE EXTENSION btree_gist;
            CREATE TABLE t (id int, during daterange, v int GENERATED ALWAYS AS (id + 1) VIRTUAL,
              n int, PRIMARY KEY (id, during WITHOUT OVERLAPS));
            ALTER TABLE t ADD CONSTRAINT nn NOT NULL n NOT VALID;
            CREATE TABLE r (id int, during daterange,
              FOREIGN KEY (id, PERIOD during) REFERENCES t (id, PERIOD during))\
            """);
    assertThat(column(schema, "t", "v").generated()).isTrue();
    assertThat(column(schema, "t", "n").notNull()).isTrue();
    assertThat(schema.uniqueKeys())
        .containsExactly(
            new UniqueKey(
                "t_pkey",
                new TableName("public", "t"),
                List.of("id", "during"),
                UniqueKey.Kind.PRIMARY_KEY));
    assertThat(schema.foreignKeys()).hasSize(1);
  }
}
