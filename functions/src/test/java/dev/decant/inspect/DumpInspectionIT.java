package dev.decant.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.ddl.DdlDetector;
import dev.decant.detect.ddl.DdlFinding;
import dev.decant.detect.value.ValueKind;
import dev.decant.dump.CreatedTable;
import dev.decant.progress.Progress;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DumpInspectionIT {
  private static final TableName USERS = new TableName("public", "users");

  @TempDir static Path folder;
  private static ScratchServer server;

  @BeforeAll
  static void start() {
    server = ScratchServers.open("embedded", ScratchOptions.of(Map.of()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aDumpGivesItsSchemaItsFindingsAndProfilesOfItsRows() throws IOException {
    String rows =
        IntStream.range(0, 30_000)
            .mapToObj(i -> i + "\tperson" + i + "@shop.de\t" + (i % 2 == 0 ? "\\N" : "x\\ty"))
            .collect(Collectors.joining("\n"));
    Inspected inspected =
        inspect(
            """
            --
            -- PostgreSQL database dump
            --
            SELECT pg_catalog.set_config('search_path', '', false);
            CREATE TYPE public.mood AS ENUM ('calm', 'angry');
            CREATE TABLE public.users (id integer NOT NULL, email text, x text, m public.mood);
            COPY public.users (id, email, x) FROM stdin;
            %s
            \\.
            ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
            COMMENT ON TABLE public.users IS 'Ask karin.admin@shop-prod.de.';
            --
            -- PostgreSQL database dump complete
            --
            """
                .formatted(rows));
    Table users = inspected.schema().table(USERS).orElseThrow();
    assertThat(users.column("m").orElseThrow().type().category()).isEqualTo(TypeCategory.ENUM);
    assertThat(inspected.schema().uniqueKeys()).hasSize(1);
    assertThat(inspected.copied()).containsExactly(USERS);
    assertThat(inspected.samples().rows(USERS)).isEqualTo(30_000);
    ColumnProfile email = Objects.requireNonNull(inspected.samples().of(USERS, "email"));
    assertThat(email.share(ValueKind.EMAIL)).isEqualTo(1.0);
    assertThat(email.values()).isBetween(1_500, 5_000);
    ColumnProfile x = Objects.requireNonNull(inspected.samples().of(USERS, "x"));
    assertThat(x.nulls()).isPositive();
    assertThat(x.distinct()).isEqualTo(1);
    assertThat(inspected.findings())
        .extracting(DdlFinding::findings)
        .containsExactly(Set.of(DdlDetector.Finding.EMAIL));
    assertThat(inspected.notCreated()).isEmpty();
  }

  /** A dump has the rows of each partition apart, and the policy has one rule for all of them. */
  @Test
  void theRowsOfAllPartitionsAreTheSampleOfTheirTable() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE TABLE public.event (tenant text, c1 text, d jsonb) PARTITION BY LIST (tenant);
            CREATE TABLE public.event_a (d jsonb, c1 text, tenant text);
            ALTER TABLE ONLY public.event ATTACH PARTITION public.event_a FOR VALUES IN ('a');
            CREATE TABLE public.event_b PARTITION OF public.event
                FOR VALUES IN ('b', 'c') PARTITION BY LIST (tenant);
            CREATE TABLE public.event_b1 PARTITION OF public.event_b FOR VALUES IN ('b');
            COPY public.event_a (d, c1, tenant) FROM stdin;
            {"x": "y"}\tmax@shop.de\ta
            \\N\tmoritz@shop.de\ta
            \\.
            COPY public.event_b1 (tenant, c1, d) FROM stdin;
            b\tnobody\t{"x": "z"}
            \\.
            """);
    TableName event = new TableName("public", "event");
    assertThat(inspected.samples().rows(event)).isEqualTo(3);
    ColumnProfile c1 = Objects.requireNonNull(inspected.samples().of(event, "c1"));
    assertThat(c1.share(ValueKind.EMAIL)).isEqualTo(2.0 / 3);
    assertThat(c1.distinct()).isEqualTo(3);
    assertThat(c1.longest()).isEqualTo(14);
    ColumnProfile tenant = Objects.requireNonNull(inspected.samples().of(event, "tenant"));
    assertThat(tenant.distinct()).isEqualTo(2);
    ColumnProfile documents = Objects.requireNonNull(inspected.samples().of(event, "d"));
    assertThat(documents.nulls()).isEqualTo(1);
    assertThat(documents.values()).isEqualTo(2);
    assertThat(inspected.copied()).doesNotContain(event);
  }

  @Test
  void aStructureFileIsReadToItsEndWhateverStandsInIt() throws IOException {
    Inspected inspected =
        inspect(
            """
            SET statement_timeout = 0;
            \\set unknown 1
            CREATE EXTENSION IF NOT EXISTS no_such_extension WITH SCHEMA public;
            CREATE TABLE users (id bigint PRIMARY KEY, name text);
            CREATE TABLE broken (v integer) INHERITS (public.no_such_table);
            SET search_path TO "$user", public;
            INSERT INTO schema_migrations (version) VALUES ('20240101000000'), ('2');
            DO $$ BEGIN RAISE NOTICE 'ignored'; END $$;
            CREATE TABLE accounts (id bigint, user_id bigint REFERENCES users (id));
            """);
    Schema schema = inspected.schema();
    assertThat(schema.tables())
        .extracting(table -> table.name().name())
        .containsExactly("accounts", "users");
    assertThat(schema.foreignKeys()).hasSize(1);
    assertThat(inspected.notCreated())
        .extracting(NotCreated::toString)
        .satisfiesExactly(
            extension -> assertThat(extension).startsWith("line 3, EXTENSION no_such_extension: "),
            table ->
                assertThat(table)
                    .startsWith("line 5, TABLE public.broken: ")
                    .contains("42P01", "no_such_table"));
    CreatedTable broken =
        Objects.requireNonNull(inspected.notCreated().getLast().table(), "its CREATE TABLE");
    assertThat(broken.columns()).containsOnlyKeys("v");
    assertThat(inspected.created()).hasSize(3);
  }

  @Test
  void theStorageOfColumnsDoesNotMatter() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE TYPE public.place AS (street text, city text);
            CREATE DOMAIN public.short AS text CHECK (length(VALUE) < 9);
            CREATE TABLE public.users (id integer NOT NULL, bio text STORAGE EXTERNAL,
                tags text[] COMPRESSION lz4, home public.place, nick public.short, raw bytea,
                CONSTRAINT bio CHECK (bio <> ''));
            ALTER TABLE ONLY public.users ALTER COLUMN raw SET STORAGE EXTERNAL;
            ALTER TABLE ONLY public.users ALTER COLUMN bio SET COMPRESSION pglz;
            CREATE TABLE public.copies (LIKE public.users INCLUDING ALL);
            CREATE TABLE public.heirs () INHERITS (public.users);
            """);
    assertThat(inspected.notCreated()).isEmpty();
    assertThat(inspected.schema().tables()).hasSize(3);
    Table users = inspected.schema().table(USERS).orElseThrow();
    assertThat(users.columns()).extracting(column -> column.type().name()).contains("text[]");
    assertThat(inspected.schema().facts(USERS, "bio").checks()).hasSize(1);
    assertThat(inspected.schema().facts(USERS, "nick").checks()).hasSize(1);
  }

  @Test
  void aColumnOfASequenceIsServerMadeWhetherTheSequenceIsNeededOrNot() throws IOException {
    String schema =
        """
        CREATE TABLE public.users (id bigint NOT NULL, n bigint DEFAULT 1);
        CREATE SEQUENCE public.users_id_seq;
        ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
        ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq');
        """;
    Inspected without = inspect(schema);
    Inspected with =
        inspect(schema + "CREATE TABLE x (i int DEFAULT nextval('public.users_id_seq'));\n");
    for (Inspected inspected : List.of(without, with)) {
      assertThat(inspected.notCreated()).isEmpty();
      assertThat(inspected.schema().facts(USERS, "id").serverMade()).isTrue();
      assertThat(inspected.schema().facts(USERS, "n").serverMade()).isFalse();
    }
    assertThat(with.schema().facts(new TableName("public", "x"), "i").serverMade()).isTrue();
  }

  @Test
  void manyTablesAreReadWithTheirKeysWhateverFailsAmongThem() throws IOException {
    int tables = 500;
    StringBuilder schema = new StringBuilder("SET search_path = app;\n");
    schema.insert(0, "CREATE SCHEMA app;\n");
    IntStream.range(0, tables)
        .forEach(
            i ->
                schema.append(
                    "CREATE TABLE t%d (id bigint NOT NULL, %s);\n"
                        .formatted(i, i == 77 ? "bad text, UNIQUE (absent)" : "name text")));
    IntStream.range(0, tables)
        .forEach(
            i ->
                schema.append(
                    "ALTER TABLE ONLY app.t%d ADD CONSTRAINT p%d PRIMARY KEY (id);\n"
                        .formatted(i, i)));
    IntStream.range(1, tables)
        .forEach(
            i ->
                schema.append(
                    "ALTER TABLE ONLY app.t%d ADD FOREIGN KEY (id) REFERENCES app.t%d (id);\n"
                        .formatted(i, i - 1)));
    Inspected inspected = inspect(schema.toString());
    assertThat(inspected.schema().tables()).hasSize(tables - 1);
    assertThat(inspected.schema().tables())
        .allSatisfy(table -> assertThat(table.name().schema()).isEqualTo("app"));
    assertThat(inspected.schema().uniqueKeys()).hasSize(tables - 1);
    assertThat(inspected.schema().foreignKeys()).hasSize(tables - 3);
    assertThat(inspected.notCreated())
        .extracting(NotCreated::object)
        .containsExactly(
            "TABLE app.t77",
            "CONSTRAINT p77 ON app.t77",
            "CONSTRAINT without a name ON app.t77",
            "CONSTRAINT without a name ON app.t78");
  }

  /** The schemas, foreign keys and indexes that sanitize also makes, moves or does without. */
  @Test
  void whatSanitizeMakesOrMovesInItsDatabaseIsNotReported() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA heroku_ext;
            CREATE TABLE app.t (
                id int PRIMARY KEY, name heroku_ext.citext, up int REFERENCES app.u (id));
            CREATE TABLE app.u (id int, up int REFERENCES app.v (id), PRIMARY KEY (id));
            CREATE TABLE app.v (id int REFERENCES app.t (id));
            ALTER TABLE ONLY app.v ADD CONSTRAINT v_pkey PRIMARY KEY (id);
            CREATE TABLE app.part (id int, name text) PARTITION BY LIST (id);
            CREATE TABLE app.part_1 (id int, name text);
            ALTER TABLE ONLY app.part ATTACH PARTITION app.part_1 FOR VALUES IN (1);
            CREATE INDEX part_name ON ONLY app.part USING btree (name);
            CREATE INDEX part_1_name ON app.part_1 USING btree (name);
            ALTER INDEX app.part_name ATTACH PARTITION app.part_1_name;
            """);
    assertThat(inspected.notCreated()).isEmpty();
    assertThat(inspected.schema().tables()).hasSize(5);
    assertThat(inspected.schema().foreignKeys()).hasSize(3);
  }

  /**
   * The server interprets all keys of a source with a statement that pg_dump does not write, and
   * the keys before a view that groups by one of them.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keysOfTheTextAreThoseThatTheServerReports(boolean withView) throws IOException {
    String all =
        """
        CREATE TYPE public.mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN public.code AS character varying(8);
        CREATE TABLE public.users (id bigint, "Odd Name" text, mood public.mood, code public.code,
            data jsonb, place point, mail text, deleted boolean);
        CREATE TABLE public.orders (id integer, user_id integer, place point, code text, d date);
        CREATE TABLE public.lines (order_id bigint, n smallint);
        CREATE TABLE public.days (d date NOT NULL, x integer NOT NULL) PARTITION BY RANGE (d);
        CREATE TABLE public.days_1 (d date NOT NULL, x integer NOT NULL);
        CREATE TABLE public.base (id integer NOT NULL);
        CREATE TABLE public.child (extra text) INHERITS (public.base);
        CREATE TABLE public.twins (id integer, mail text);
        CREATE TABLE public.odd (id integer, place point, d date, x integer);
        CREATE TABLE public.target (id bigint, flag boolean);
        CREATE TABLE public.day_notes (d date, x integer);
        CREATE VIEW public.counts AS SELECT 1::bigint AS id, NULL::text AS mail;
        ALTER TABLE ONLY public.days ATTACH PARTITION public.days_1
            FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        ALTER TABLE ONLY public.base ADD CONSTRAINT base_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.child ADD CONSTRAINT child_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.days ADD CONSTRAINT days_pkey PRIMARY KEY (d, x);
        ALTER TABLE ONLY public.days_1 ADD CONSTRAINT days_1_pkey PRIMARY KEY (d, x);
        ALTER TABLE ONLY public.lines ADD CONSTRAINT lines_pkey PRIMARY KEY (order_id, n);
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_second_pkey PRIMARY KEY (x);
        ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_place_key UNIQUE (place);
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_absent_key UNIQUE (absent);
        ALTER TABLE ONLY public.target ADD CONSTRAINT target_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.users ADD CONSTRAINT "Users key" UNIQUE ("Odd Name", mood);
        ALTER TABLE ONLY public.users ADD CONSTRAINT users_code_key UNIQUE (code);
        ALTER TABLE ONLY public.users ADD CONSTRAINT users_mail_key UNIQUE NULLS NOT DISTINCT (mail);
        ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
        CREATE UNIQUE INDEX odd_place ON public.odd USING btree (place);
        CREATE UNIQUE INDEX users_lower ON public.users USING btree (lower(mail)) WHERE (NOT deleted);
        CREATE UNIQUE INDEX users_mail ON public.users USING btree (mail);
        CREATE UNIQUE INDEX users_mood ON public.users USING btree (mood) INCLUDE (mail);
        CREATE UNIQUE INDEX users_sorted ON public.users USING btree (mail DESC);
        CREATE UNIQUE INDEX users_code_key ON public.twins USING btree (mail);
        CREATE OR REPLACE VIEW public.counts AS SELECT id, mail FROM public.users GROUP BY id;
        ALTER INDEX public.days_pkey ATTACH PARTITION public.days_1_pkey;
        ALTER TABLE ONLY public.day_notes ADD CONSTRAINT day_fk FOREIGN KEY (d, x)
            REFERENCES public.days(d, x);
        ALTER TABLE ONLY public.lines ADD CONSTRAINT lines_fk FOREIGN KEY (order_id)
            REFERENCES public.orders(id) ON UPDATE CASCADE ON DELETE SET NULL;
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_absent_fk FOREIGN KEY (x)
            REFERENCES public.absent(id);
        ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_code_fk FOREIGN KEY (code)
            REFERENCES public.users(code) DEFERRABLE INITIALLY DEFERRED;
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_date_fk FOREIGN KEY (d)
            REFERENCES public.target(id);
        ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id)
            REFERENCES public.users(id) NOT VALID;
        ALTER TABLE ONLY public.odd ADD CONSTRAINT odd_without_key_fk FOREIGN KEY (x)
            REFERENCES public.target(flag);
        """;
    String view = "CREATE OR REPLACE VIEW public.counts AS SELECT id, mail FROM public.users";
    String schema = withView ? all : all.replace(view + " GROUP BY id;", "");
    Inspected text = inspect(schema);
    Inspected catalog = inspect(schema + "ALTER TABLE public.lines RENAME TO lines;\n");
    assertThat(text.schema().uniqueKeys())
        .containsExactlyInAnyOrderElementsOf(catalog.schema().uniqueKeys())
        .hasSize(16);
    assertThat(text.schema().foreignKeys())
        .containsExactlyInAnyOrderElementsOf(catalog.schema().foreignKeys())
        .hasSize(4);
    assertThat(text.schema().tables()).isEqualTo(catalog.schema().tables());
    assertThat(text.notCreated())
        .extracting(NotCreated::line)
        .hasSize(8)
        .isSubsetOf(catalog.notCreated().stream().map(NotCreated::line).toList());
  }

  @Test
  void aForeignKeyIsReadAsItIs() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE TABLE public.users (id bigint PRIMARY KEY);
            CREATE TABLE public.orders (user_id bigint);
            ALTER TABLE ONLY public.orders ADD CONSTRAINT a FOREIGN KEY (user_id)
                REFERENCES public.users(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE ONLY public.orders ADD CONSTRAINT b FOREIGN KEY (user_id)
                REFERENCES public.users(id) NOT VALID;
            """);
    assertThat(inspected.notCreated()).isEmpty();
    assertThat(inspected.schema().foreignKeys()).extracting(ForeignKey::name).contains("a", "b");
  }

  @Test
  void aColumnThatAMigrationAddsIsInTheSchema() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE TABLE users (id bigint PRIMARY KEY);
            ALTER TABLE users ADD COLUMN email text, ADD COLUMN phone text;
            ALTER TABLE users DROP COLUMN phone;
            ALTER TABLE users ADD COLUMN place no_such_type(3);
            ALTER TABLE users ADD COLUMN city text REFERENCES no_such_table;
            CREATE TABLE copies AS SELECT id AS user_id FROM users;
            """);
    assertThat(inspected.schema().table(USERS).orElseThrow().copyColumns())
        .containsExactly("id", "email", "place");
    assertThat(inspected.schema().table(new TableName("public", "copies"))).isPresent();
    assertThat(inspected.notCreated())
        .satisfiesExactly(
            type -> {
              assertThat(type.object()).isEqualTo("type no_such_type");
              assertThat(type.columns()).isFalse();
            },
            change -> {
              assertThat(change.line()).isEqualTo(5);
              assertThat(change.columns()).isTrue();
            });
  }

  @Test
  void aChunkIsCreatedAlthoughOnlyItsExtensionCreatesItsSchema() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE TABLE public.users (id bigint, email text);
            CREATE TABLE _timescaledb_internal._hyper_1_1_chunk (
                CONSTRAINT c CHECK ((id < 7))
            )
            INHERITS (public.users);
            """);
    assertThat(inspected.schema().tables())
        .extracting(table -> table.name().name(), Table::parents)
        .contains(tuple("_hyper_1_1_chunk", List.of(USERS)));
  }

  /** The dump of an application that uses extensions, in schemas of its own. */
  @Test
  void typesThatTheServerLacksAreNamedAsTheDumpNamesThem() throws IOException {
    Inspected inspected =
        inspect(
            """
            CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA heroku_ext;
            CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA heroku_ext;
            CREATE TABLE public.users (
                id bigint DEFAULT heroku_ext.no_such_function() NOT NULL,
                email heroku_ext.citext,
                emb heroku_ext.vector(384),
                more heroku_ext.vector(384)[],
                "at" postgis.geometry(Point, 4326),
                n integer GENERATED ALWAYS AS (heroku_ext.dims(emb)) STORED,
                proc regproc,
                CONSTRAINT c CHECK ((heroku_ext.dims(emb) = 384))
            );
            """);
    Table users = inspected.schema().table(USERS).orElseThrow();
    assertThat(users.columns().stream().map(c -> c.type().name()))
        .containsExactly(
            "bigint",
            "heroku_ext.citext",
            "heroku_ext.vector(384)",
            "heroku_ext.vector(384)[]",
            "postgis.geometry(Point, 4326)",
            "integer",
            "regproc");
    assertThat(users.column("email").orElseThrow().type().category()).isEqualTo(TypeCategory.TEXT);
    assertThat(users.column("emb").orElseThrow().type().category()).isEqualTo(TypeCategory.OTHER);
    assertThat(users.column("n").orElseThrow().generated()).isTrue();
    assertThat(inspected.notCreated())
        .extracting(NotCreated::object)
        .contains("EXTENSION vector", "type heroku_ext.vector", "type postgis.geometry");
    assertThat(inspected.notCreated()).noneMatch(NotCreated::columns);
  }

  private static Inspected inspect(String text) throws IOException {
    Path file = folder.resolve("dump.sql");
    Files.writeString(file, text);
    try (Source source = Sources.open(file.toString())) {
      return DumpInspection.of(source, server, true, () -> {}, Progress.NONE);
    }
  }

  @Test
  void theOptionNotToSampleLeavesRowsAlone() throws IOException {
    Path file = folder.resolve("rows.sql");
    Files.writeString(
        file, "CREATE TABLE public.users (id int);\nCOPY public.users (id) FROM stdin;\n7\n\\.\n");
    try (Source source = Sources.open(file.toString())) {
      Inspected inspected = DumpInspection.of(source, server, false, () -> {}, Progress.NONE);
      assertThat(inspected.samples().of(USERS, "id")).isNull();
      assertThat(inspected.copied()).containsExactly(USERS);
    }
  }
}
