package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.source.Source;
import dev.decant.source.SourceChoice;
import dev.decant.testing.PostgresVersion;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dumps of old versions of pg_dump and of pg_dumpall, files of frameworks, scripts that people
 * wrote, and dumps in two files. Each is sanitized, restored once more by decant, and restored as
 * psql would.
 */
final class DumpKindsIT {
  private static final String FOOTER = "\n--\n-- PostgreSQL database dump complete\n--\n\n";

  @TempDir Path folder;
  private SmallDump dump;

  @BeforeEach
  void dump() {
    dump = new SmallDump(folder);
  }

  private void restored(String query, long expected) throws Exception {
    for (PostgresVersion version : new PostgresVersion[] {PostgresVersion.V18}) {
      Restore.intoPlainDatabase(version, dump.text(), query, expected);
    }
  }

  /** pg_dump 9.6 sets search_path for each schema, and both schemas have a table of one name. */
  @Test
  void namesOfAnOldDumpHaveTheSchemaOfTheirSearchPath() throws Exception {
    dump.runFile(
        """
        --
        -- PostgreSQL database dump
        --

        -- Dumped from database version 9.6.24
        -- Dumped by pg_dump version 9.6.24

        SET statement_timeout = 0;
        SET client_encoding = 'UTF8';
        SET standard_conforming_strings = on;
        SET check_function_bodies = false;

        CREATE SCHEMA a;
        CREATE SCHEMA b;
        CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;

        SET search_path = a, pg_catalog;

        CREATE TYPE state AS ENUM ('new', 'old');
        CREATE FUNCTION low(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.lower($1)';
        SET default_tablespace = '';
        SET default_with_oids = false;
        CREATE TABLE users (
            id integer NOT NULL,
            email text,
            state state DEFAULT 'new'::state,
            CONSTRAINT known CHECK ((low(email) <> ''::text))
        );
        CREATE SEQUENCE users_id_seq;
        ALTER TABLE users_id_seq OWNER TO nobody;
        ALTER SEQUENCE users_id_seq OWNED BY users.id;
        CREATE VIEW recent AS SELECT users.id FROM users WHERE (users.state = 'new'::state);

        SET search_path = b, pg_catalog;

        CREATE TYPE state AS ENUM ('on', 'off');
        CREATE TABLE users (id integer NOT NULL, state state, other integer);

        SET search_path = a, pg_catalog;

        ALTER TABLE ONLY users ALTER COLUMN id SET DEFAULT nextval('users_id_seq'::regclass);
        COPY users (id, email, state) FROM stdin;
        1\tmax@muster.example\tnew
        2\teva@klein.example\told
        \\.

        SELECT pg_catalog.setval('users_id_seq', 2, true);

        SET search_path = b, pg_catalog;

        COPY users (id, state, other) FROM stdin;
        7\ton\t2
        \\.

        SET search_path = a, pg_catalog;

        ALTER TABLE ONLY users ADD CONSTRAINT users_pkey PRIMARY KEY (id);

        SET search_path = b, pg_catalog;

        ALTER TABLE ONLY users ADD CONSTRAINT users_pkey PRIMARY KEY (id);

        SET search_path = a, pg_catalog;

        CREATE INDEX users_low ON users USING btree (low(email));

        SET search_path = b, pg_catalog;

        CREATE INDEX users_state ON users USING btree (state) WHERE (state = 'on'::state);
        ALTER TABLE ONLY users
            ADD CONSTRAINT users_other FOREIGN KEY (other) REFERENCES a.users(id) ON DELETE CASCADE;
        """
            + FOOTER,
        SourceChoice.ALL,
        """
        version: 1
        tables:
          a.users: { keep: [id, state], columns: { email: email } }
          b.users: { keep: [id, state, other] }
        """);

    assertThat(dump.text()).doesNotContain("muster", "nobody");
    restored("SELECT count(*) FROM a.recent JOIN a.users USING (id), b.users WHERE other = 2", 1);
    restored("SELECT nextval('a.users_id_seq')", 3);
  }

  /** A file of a framework ends with rows after the footer, and has triggers before them. */
  @Test
  void rowsAfterTheFooterOfAStructureFileArePublished() throws Exception {
    dump.runFile(
        """
        SET client_encoding = 'UTF8';
        SELECT pg_catalog.set_config('search_path', '', false);

        --
        -- Name: touch(); Type: FUNCTION; Schema: public; Owner: -
        --

        CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
        CREATE TABLE public.users (id bigint NOT NULL);
        CREATE TABLE public.posts (id bigint NOT NULL, user_id bigint);
        CREATE TABLE public.schema_migrations (version character varying NOT NULL);
        ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.schema_migrations
            ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);
        CREATE TRIGGER touched BEFORE INSERT ON public.users
            FOR EACH ROW EXECUTE FUNCTION public.touch();
        ALTER TABLE ONLY public.posts
            ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES public.users(id);
        """
            + FOOTER
            + """
            SET search_path TO "$user", public;

            INSERT INTO "schema_migrations" (version) VALUES
            ('20260102030405'),
            ('20260101030405');

            """,
        SourceChoice.ALL,
        """
        version: 1
        tables:
          public.users: { keep: [id] }
          public.posts: { keep: [id, user_id] }
          public.schema_migrations: { keep: [version] }
        """);

    restored("SELECT count(*) FROM public.schema_migrations", 2);
    restored("SELECT count(*) FROM pg_trigger WHERE tgname = 'touched'", 1);
  }

  /** Foreign keys wait for the end of the rows, wherever a script defines them. */
  @Test
  void aScriptWithoutAHeaderIsPublished() throws Exception {
    dump.runFile(
        """
        \\set ON_ERROR_STOP on
        \\echo loading
        DROP TABLE IF EXISTS Orders CASCADE;
        BEGIN;
        CREATE TABLE Customers (
          id serial PRIMARY KEY,
          email varchar(80) UNIQUE NOT NULL, -- the address
          boss integer CONSTRAINT boss_known REFERENCES Customers (id) ON DELETE SET NULL
        );
        CREATE TABLE orders (
          id integer,
          customer integer NOT NULL REFERENCES customers DEFERRABLE INITIALLY DEFERRED,
          FOREIGN KEY (id) REFERENCES customers (id)
        );
        ALTER TABLE orders ADD COLUMN note text, ADD CONSTRAINT p PRIMARY KEY (id), OWNER TO nobody;
        INSERT INTO orders VALUES (1, 2, 'max@muster.example');
        INSERT INTO customers VALUES (1, 'eva@klein.example', 2), (2, 'max@muster.example', NULL);
        SELECT setval('customers_id_seq', 2);
        COMMIT;
        VACUUM ANALYZE orders;
        """,
        SourceChoice.ALL,
        """
        version: 1
        tables:
          public.customers: { keep: [id, boss], columns: { email: email } }
          public.orders: { keep: [id, customer], columns: { note: nullify } }
        """);

    assertThat(dump.text()).doesNotContain("muster", "nobody", "klein");
    restored("SELECT count(*) FROM orders JOIN customers c ON customer = c.id", 1);
    restored("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated", 3);
    restored(
        "SELECT count(*) FROM pg_constraint WHERE conname IN ('boss_known',"
            + " 'orders_customer_fkey', 'orders_id_fkey')",
        3);
  }

  /** A first pass over the file finds the tables that follow the rows of others. */
  @Test
  void tablesOfAScriptMayFollowTheRowsOfOthers() throws Exception {
    dump.runFile(
        """
        CREATE TABLE country (code char(2) PRIMARY KEY, name text);
        INSERT INTO country VALUES ('FR', 'France');
        ALTER TABLE country ADD UNIQUE (name);
        CREATE TYPE size AS ENUM ('big', 'small');
        CREATE TABLE region (id int, country char(2) REFERENCES country (code), size size);
        CREATE INDEX i ON region (size);
        COPY region FROM stdin;
        1\tFR\tbig
        \\.
        CREATE TABLE town (id int);
        """,
        SourceChoice.ALL,
        """
        version: 1
        tables:
          public.country: { keep: [code, name] }
          public.region: { keep: [id, country, size] }
          public.town: { keep: [id] }
        """);

    restored("SELECT count(*) FROM region JOIN country ON code = country WHERE size = 'big'", 1);
    restored("SELECT count(*) FROM town", 0);
  }

  private static String cluster(String... databases) {
    StringBuilder text =
        new StringBuilder("--\n-- PostgreSQL database cluster dump\n--\n\n")
            .append("SET default_transaction_read_only = off;\nCREATE ROLE app;\n")
            .append("ALTER ROLE app WITH LOGIN PASSWORD 'SCRAM-SHA-256$4096:canary';\n");
    for (String database : databases) {
      text.append("\n\\connect ").append(database.substring(0, database.indexOf(':')));
      text.append("\n\n--\n-- PostgreSQL database dump\n--\n\n");
      text.append("-- Dumped by pg_dump version 16.4\n\nSET client_encoding = 'UTF8';\n");
      text.append("SELECT pg_catalog.set_config('search_path', '', false);\n");
      text.append(database.substring(database.indexOf(':') + 1)).append(FOOTER);
    }
    return text + "\n--\n-- PostgreSQL database cluster dump complete\n--\n\n";
  }

  private static String table(String name) {
    return "CREATE TABLE public.%1$s (id integer);\nCOPY public.%1$s (id) FROM stdin;\n1\n\\.\n"
        .formatted(name);
  }

  private static final String ONE = "version: 1\ntables:\n  public.one: { keep: [id] }\n";

  @Test
  void theOnlyDatabaseWithTablesIsTakenOfACluster() throws Exception {
    dump.runFile(
        cluster("template1:", "app:" + table("one"), "postgres:CREATE SCHEMA canary;\n"),
        SourceChoice.ALL,
        ONE);

    assertThat(dump.text()).doesNotContain("canary", "ROLE");
    assertThat(dump.manifest().source().database()).isEqualTo("app");
    restored("SELECT count(*) FROM public.one", 1);
  }

  @Test
  void oneOfSeveralDatabasesIsTakenByItsName() throws Exception {
    String text = cluster("first:" + table("two"), "app:" + table("one"));
    DecantException unclear =
        catchThrowableOfType(
            DecantException.class, () -> dump.runFile(text, SourceChoice.ALL, ONE));
    assertThat(unclear).hasMessageContaining("several databases with tables: first, app.");
    assertThat(unclear.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED);
    DecantException missing =
        catchThrowableOfType(
            DecantException.class,
            () -> dump.runFile(text, new SourceChoice("shop", null, null), ONE));
    assertThat(missing).hasMessageContaining("no database shop. It has first, app.");

    dump.runFile(text, new SourceChoice("app", null, null), ONE);
    assertThat(dump.rows("public.one")).containsExactly("1");
    assertThat(dump.text()).doesNotContain("two");
  }

  @Test
  void columnsOfAScriptMayBeAddedAfterRows() throws Exception {
    dump.runFile(
        """
        CREATE TABLE t (id int);
        ALTER TABLE t ADD name text, ADD COLUMN code int DEFAULT 7;
        INSERT INTO t VALUES (1, 'a');
        ALTER TABLE t ADD city text DEFAULT 'x';
        ALTER TABLE ONLY t ADD COLUMN IF NOT EXISTS zip text;
        INSERT INTO t VALUES (2, 'b', 3, 'c', 'd');
        """,
        SourceChoice.ALL,
        "version: 1\ntables:\n  public.t: { keep: [id, name, code, city, zip] }\n");
    assertThat(dump.text())
        .contains("COPY public.t (id, name) FROM stdin;\n1\ta\n\\.")
        .contains("COPY public.t (id, name, code, city, zip) FROM stdin;\n2\tb\t3\tc\td\n\\.");
    restored("SELECT sum(code) FROM public.t WHERE city IN ('x', 'c')", 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALTER TABLE t ADD city text DEFAULT 'x';", "CREATE TABLE u (id int);"})
  void aDumpThatIsReadOnceMustCreateItsColumnsBeforeTheRows(String late) {
    String text = "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\n" + late + '\n';
    try (Source source = StreamSource.of(text)) {
      SanitizeRequest request =
          Shop.builder(
                  source,
                  SmallDump.policy("version: 1\ntables:\n  public.t: { keep: [id] }\n"),
                  dump.store,
                  folder.resolve("work"))
              .build();
      assertThatThrownBy(() -> Sanitization.run(request))
          .hasMessageStartingWith("Line 3 of the dump, public.")
          .hasMessageContaining("creates a table or a column after rows");
    }
  }

  @Test
  void otherChangesOfColumnsAfterRowsAreRefused() {
    for (String change :
        List.of("DROP COLUMN name", "ALTER name TYPE int", "ADD up int REFERENCES t")) {
      DecantException refused =
          catchThrowableOfType(
              DecantException.class,
              () ->
                  dump.runFile(
                      "CREATE TABLE t (id int, name text);\nINSERT INTO t VALUES (1, 'a');\n"
                          + "ALTER TABLE t "
                          + change
                          + ";\n",
                      SourceChoice.ALL,
                      "version: 1\ntables:\n  public.t: { keep: [id, name] }\n"));
      assertThat(refused.code()).isEqualTo(ErrorCode.INPUT_INVALID);
      assertThat(refused).hasMessageStartingWith("Line 3 of the dump: ");
    }
  }

  @Test
  void aLargeObjectOfAScriptIsWrittenWithinATransaction() throws Exception {
    dump.runFile(
        """
        BEGIN;
        CREATE TABLE t (id oid);
        INSERT INTO t VALUES (70001);
        SELECT lo_create('70001');
        SELECT pg_catalog.lo_open('70001', 131072);
        SELECT pg_catalog.lowrite(0, '\\x4c45');
        SELECT pg_catalog.lo_close(0);
        COMMIT;
        """,
        SourceChoice.ALL,
        "version: 1\ntables:\n  public.t: { keep: [id] }\nlarge-objects: keep\n");
    restored("SELECT length(lo_get(id)) FROM public.t", 2);
  }

  @Test
  void aScriptThatDeclaresNoEncodingHasTheOneOfTheOption() throws Exception {
    byte[] script =
        "CREATE TABLE t (name text DEFAULT '€');\nINSERT INTO t VALUES ('é');\n"
            .getBytes(Charset.forName("windows-1252"));
    String yaml = "version: 1\ntables:\n  public.t: { keep: [name] }\n";
    dump.runFile(script, new SourceChoice(null, "WIN1252", null), yaml);
    restored("SELECT count(*) FROM public.t WHERE name = 'é'", 1);

    byte[] rows =
        "CREATE TABLE t (name text);\nCOPY t FROM stdin;\né\n\\.\n"
            .getBytes(Charset.forName("windows-1252"));
    dump = new SmallDump(folder);
    DecantException refused =
        catchThrowableOfType(
            DecantException.class, () -> dump.runFile(rows, SourceChoice.ALL, yaml));
    assertThat(refused)
        .hasMessageContaining("row 1 of the COPY")
        .hasMessageContaining("--encoding WIN1252");
  }

  /** The keys and the triggers of the schema follow the rows, as in a complete dump. */
  @Test
  void rowsAndTheirSchemaMayBeTwoFiles() throws Exception {
    String schema =
        dump.file(
            "schema.sql",
            SmallDump.dump(
                """
                CREATE TABLE public.parent (id integer NOT NULL);
                CREATE TABLE public.child (id integer NOT NULL, parent integer);
                ALTER TABLE ONLY public.parent ADD CONSTRAINT parent_pkey PRIMARY KEY (id);
                CREATE TRIGGER t BEFORE INSERT ON public.child FOR EACH ROW
                    EXECUTE FUNCTION suppress_redundant_updates_trigger();
                ALTER TABLE ONLY public.child
                    ADD CONSTRAINT child_parent FOREIGN KEY (parent) REFERENCES public.parent(id);
                """));
    String rows =
        SmallDump.dump(
            """
            ALTER TABLE public.child DISABLE TRIGGER ALL;
            COPY public.child (id, parent) FROM stdin;
            1\t1
            \\.
            ALTER TABLE public.child ENABLE TRIGGER ALL;
            COPY public.parent (id) FROM stdin;
            1
            \\.
            """);
    dump.runFile(
        rows,
        new SourceChoice(null, null, schema),
        """
        version: 1
        tables:
          public.parent: { keep: [id] }
          public.child: { keep: [id, parent] }
        """);

    restored("SELECT count(*) FROM public.child JOIN public.parent ON parent.id = parent", 1);
    restored("SELECT count(*) FROM pg_trigger WHERE tgname = 't'", 1);
  }
}
