package dev.decant.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.RoundTrip;
import dev.decant.testing.ShopSnapshot;
import org.junit.jupiter.api.Test;

/** A snapshot's rows are the same whether psql, a pull or a refresh restores them. */
final class RoundTripIT {
  private static final String TWO_COLUMN_ORDERS =
      """
      CREATE TABLE public.people (id integer NOT NULL, first text, last text)
      PARTITION BY RANGE (id);
      CREATE TABLE public.people_1 (id integer NOT NULL, first text, last text);
      CREATE TABLE public.people_2 (id integer NOT NULL, last text, first text);
      ALTER TABLE ONLY public.people ATTACH PARTITION public.people_1 FOR VALUES FROM (0) TO (10);
      ALTER TABLE ONLY public.people ATTACH PARTITION public.people_2 FOR VALUES FROM (10) TO (20);

      -- load via partition root public.people

      COPY public.people (id, first, last) FROM stdin;
      1\tAnn\tZorn
      \\.

      -- load via partition root public.people

      COPY public.people (id, last, first) FROM stdin;
      11\tYoung\tBob
      \\.

      """;

  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @Test
  void theShop() throws Exception {
    ShopSnapshot.publish(store);
    assertThat(RoundTrip.check(store, PostgresVersion.V18)).hasSizeGreaterThan(5);
  }

  @Test
  void blocksOfOneTableWithTheirColumnsInDifferentOrders() throws Exception {
    DumpSnapshot.publish(
        store, TWO_COLUMN_ORDERS, "public.people: { keep: [id, first, last] }\n", true);
    assertThat(RoundTrip.check(store, PostgresVersion.V15))
        .containsOnlyKeys("public.people_1", "public.people_2");
  }

  @Test
  void blocksOfOneTableThatAnSqlStepChanged() throws Exception {
    DumpSnapshot.publishBy(
        """
        version: 1
        sql:
          - update public.people set first = first || '!'
        tables:
          public.people: { keep: [id, first, last] }
        """,
        store,
        TWO_COLUMN_ORDERS,
        true);
    RoundTrip.check(store, PostgresVersion.V18);
  }

  /**
   * As pg_dump writes it, the check is in CREATE TABLE, and the rows that it reads come after those
   * of its own table.
   */
  @Test
  void aCheckThatReadsATableWhoseRowsComeLater() throws Exception {
    DumpSnapshot.publish(
        store,
        """
        CREATE FUNCTION public.is_known(text) RETURNS boolean
            LANGUAGE sql STABLE
            AS $_$ SELECT EXISTS (SELECT 1 FROM public.countries WHERE code = $1) $_$;
        CREATE TABLE public.addr (
            id integer NOT NULL,
            country text,
            CONSTRAINT known CHECK (public.is_known(country))
        )
        PARTITION BY LIST (country);
        COMMENT ON CONSTRAINT known ON public.addr IS 'of the list';
        CREATE TABLE public.addr_all (
            id integer NOT NULL,
            country text,
            CONSTRAINT known CHECK (public.is_known(country)),
            CONSTRAINT also_known CHECK (public.is_known(country))
        );
        CREATE TABLE public.countries (
            code text NOT NULL
        );
        ALTER TABLE ONLY public.addr ATTACH PARTITION public.addr_all DEFAULT;

        COPY public.addr_all (id, country) FROM stdin;
        1\tDE
        \\.

        COPY public.countries (code) FROM stdin;
        DE
        \\.

        """,
        """
        public.addr: { keep: [id, country] }
        public.countries: { keep: [code] }
        """,
        true);
    assertThat(RoundTrip.check(store, PostgresVersion.V18))
        .containsOnlyKeys("public.addr_all", "public.countries");
  }

  /** Each row is a block of its own, and the columns of one table change from block to block. */
  @Test
  void rowsOfInsertStatementsThatAlternateBetweenTables() throws Exception {
    StringBuilder sql =
        new StringBuilder(
            """
            CREATE TABLE public.people (
                twice integer GENERATED ALWAYS AS (id * 2) STORED, id integer, name text DEFAULT 'x');
            CREATE TABLE public.pets (owner integer, tags text[], born date);
            """);
    for (int i = 0; i < 40; i++) {
      sql.append("INSERT INTO public.people VALUES (DEFAULT, " + i)
          .append(i % 3 == 0 ? ");\n" : i % 3 == 1 ? ", DEFAULT);\n" : ", 'it''s');\n")
          .append("INSERT INTO public.pets VALUES (" + i + ", ARRAY['a b', NULL], NULL);\n");
    }
    DumpSnapshot.publish(
        store,
        sql.toString(),
        "public.people: { keep: [id, name] }\npublic.pets: { keep: [owner, tags, born] }\n",
        true);
    assertThat(RoundTrip.check(store, PostgresVersion.V18))
        .containsOnlyKeys("public.people", "public.pets");
  }

  @Test
  void rowsWhoseNumbersComeFromASequence() throws Exception {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE public.people (id serial, name text, at integer);\n");
    for (int i = 0; i < 60; i++) {
      String column = i % 2 == 0 ? "name" : "at";
      sql.append("INSERT INTO public.people (" + column + ") VALUES (" + i + ");\n");
    }
    DumpSnapshot.publish(store, sql.toString(), "public.people: { keep: [id, name, at] }\n", true);
    RoundTrip.check(store, PostgresVersion.V18);
  }
}
