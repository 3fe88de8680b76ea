package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that name extensions, types and collations that the scratch server lacks. */
final class StandInsIT {
  private static final String VECTORS =
      """
      CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;
      CREATE FUNCTION public.near(a public.vector) RETURNS boolean LANGUAGE sql AS 'SELECT true';
      CREATE TABLE public.docs (
          id bigint NOT NULL,
          owner text,
          emb public.vector(3) DEFAULT '[0,0,0]'::public.vector,
          many public.vector(3)[],
          norm double precision GENERATED ALWAYS AS (public.vector_norm(emb)) STORED NOT NULL,
          CONSTRAINT long CHECK ((public.vector_dims(emb) = 3)),
          CONSTRAINT some CHECK ((emb IS NOT NULL)),
          CONSTRAINT owned CHECK ((owner <> ''::text))
      );
      CREATE TABLE public.halves (id public.halfvec(2) NOT NULL);
      COPY public.docs (id, owner, emb, many) FROM stdin;
      1\tmax.muster@example.com\t[1,2,3]\t{"[1,2,3]",NULL}
      \\.
      COPY public.halves (id) FROM stdin;
      [1,2]
      \\.
      ALTER TABLE ONLY public.docs ADD CONSTRAINT docs_pkey PRIMARY KEY (id);
      ALTER TABLE ONLY public.halves ADD CONSTRAINT halves_pkey PRIMARY KEY (id);
      CREATE INDEX docs_emb ON public.docs USING hnsw (emb public.vector_cosine_ops);
      """;

  private static final String VECTOR_RULES =
      """
      public.docs: { keep: [id, emb, many], columns: { owner: email } }
      public.halves: { keep: [id] }
      """;

  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void columnsOfAMissingTypeAreKeptAsText(boolean fully) {
    String dump = publish(VECTORS, VECTOR_RULES, fully);

    assertThat(dump)
        .contains(
            "emb public.vector(3) DEFAULT",
            "many public.vector(3)[]",
            "STORED NOT NULL",
            "CONSTRAINT long CHECK",
            "USING hnsw (emb public.vector_cosine_ops)",
            "\t[1,2,3]\t{\"[1,2,3]\",NULL}\n")
        .doesNotContain("max.muster", "decant_stand_ins", "DOMAIN");
    assertThat(notVerified())
        .contains(
            "type public.vector",
            "type public.halfvec",
            "EXTENSION vector",
            "the CHECK some of public.docs",
            "the expression of column norm of public.docs")
        .anyMatch(o -> o.contains("long"))
        .anyMatch(o -> o.contains("docs_emb"))
        .noneMatch(o -> o.contains("owned") || o.contains("_pkey"));
  }

  /** Nothing can be restored without it, so its failure must end a restore. */
  @Test
  void theExtensionOfAColumnIsNotOptional() {
    assertThat(optional(publish(VECTORS, VECTOR_RULES, false)))
        .noneMatch(s -> s.contains("EXTENSION"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void extensionsThatNothingNeedsAreOptional(boolean fully) {
    String dump =
        publish(
            """
            CREATE EXTENSION IF NOT EXISTS adminpack WITH SCHEMA pg_catalog;
            CREATE EXTENSION IF NOT EXISTS pgaudit WITH SCHEMA public;
            CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;
            CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;
            CREATE EXTENSION IF NOT EXISTS pageinspect WITH SCHEMA public;
            CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
            CREATE TABLE public.docs (id bigint, emb public.vector, name public.citext);
            CREATE VIEW public.slow AS SELECT s.calls FROM public.pg_stat_statements s;
            COPY public.docs (id, emb, name) FROM stdin;
            1\t[1]\tn
            \\.
            """,
            "public.docs: { keep: [id, emb, name] }\n",
            fully);

    assertThat(optional(dump))
        .satisfiesExactly(
            s -> assertThat(s).contains("adminpack"),
            s -> assertThat(s).contains("pgaudit"),
            s -> assertThat(s).contains("pageinspect"));
    assertThat(dump).contains("EXTENSION IF NOT EXISTS pg_stat_statements", "EXISTS citext");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTypeWithoutItsExtensionAndSchemaHasAStandIn(boolean fully) {
    String dump =
        publish(
            """
            CREATE TABLE public.places (id bigint, at extensions.geometry(Point,4326));
            COPY public.places (id, at) FROM stdin;
            1\t0101000020E6100000000000000000F03F000000000000F03F
            \\.
            CREATE INDEX places_at ON public.places USING gist (at);
            """,
            "public.places: { keep: [id], columns: { at: { mask: point, meters: 100 } } }\n",
            fully);

    assertThat(dump)
        .contains("at extensions.geometry(Point,4326)")
        .doesNotContain("000000000000F03F000000000000F03F")
        .containsPattern("\n1\t0101000020E6100000[0-9A-Fa-f]{32}\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void missingCollationsAndAccessMethodsAreReplacedOnlyInTheScratchDatabase(boolean fully) {
    String dump =
        publish(
            """
            CREATE COLLATION public.folded (provider = libc, locale = 'xx_NOWHERE.utf8');
            SET default_table_access_method = columnar;
            CREATE TABLE public.people (
                name text COLLATE pg_catalog."xx_NOWHERE.utf8",
                city text COLLATE public.folded,
                CONSTRAINT named CHECK ((name <> ('' COLLATE "absent")))
            );
            COPY public.people (name, city) FROM stdin;
            Max\tBonn
            \\.
            CREATE UNIQUE INDEX people_name ON public.people USING btree (city COLLATE "absent2");
            """,
            "public.people: { keep: [name, city] }\n",
            fully);

    assertThat(dump)
        .contains(
            "locale = 'xx_NOWHERE.utf8'",
            "access_method = columnar",
            "COLLATE pg_catalog.\"xx_NOWHERE.utf8\"",
            "COLLATE \"absent2\"");
    assertThat(notVerified()).noneMatch(o -> o.contains("people"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void valuesThatNameMissingObjectsAreKept(boolean fully) {
    String dump =
        publish(
            """
            CREATE TABLE public.jobs (
                id integer,
                code regproc DEFAULT 'now'::regproc,
                role pg_catalog.regrole,
                config regconfig,
                rights aclitem[],
                CONSTRAINT c CHECK ((code <> 'absent.f'::regproc))
            );
            COPY public.jobs (id, code, role, config, rights) FROM stdin;
            1\tabsent.f\tnobody_here\tpublic.absent\t{absent=r/absent}
            \\.
            """,
            "public.jobs: { keep: [id, code, role, config, rights] }\n",
            fully);

    assertThat(dump)
        .contains("1\tabsent.f\tnobody_here\tpublic.absent\t{absent=r/absent}\n", "code regproc");
  }

  @Test
  void aDefaultThatNeedsAnotherObjectIsLeftOutOfTheScratchDatabase() {
    String dump =
        publish(
            """
            CREATE TABLE public.t (
                id integer DEFAULT nextval('elsewhere.ids'::regclass) NOT NULL,
                n integer DEFAULT elsewhere.f()
            );
            ALTER TABLE ONLY public.t ALTER COLUMN n SET DEFAULT elsewhere.g();
            COPY public.t (id, n) FROM stdin;
            1\t2
            \\.
            """,
            "public.t: { keep: [id, n] }\n",
            true);

    assertThat(dump).contains("DEFAULT elsewhere.f()", "elsewhere.ids", "elsewhere.g()");
    assertThat(notVerified())
        .contains("the DEFAULT of column id of public.t", "the DEFAULT of column n of public.t");
  }

  @Test
  void thePolicyDecidesOnExtensions() {
    String sql =
        """
        CREATE EXTENSION IF NOT EXISTS pgaudit WITH SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS hypopg WITH SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
        CREATE TABLE public.t (id integer, name public.citext);
        COPY public.t (id, name) FROM stdin;
        1\tn
        \\.
        """;
    String policy =
        "version: 1\ntables: { public.t: { keep: [id, name] } }\nextensions: { pgaudit: drop, ";

    DumpSnapshot.publishBy(policy + "hypopg: keep, pg_stat_statements: drop }", store, sql, true);

    String dump = text();
    assertThat(dump).contains("hypopg", "citext").doesNotContain("pgaudit", "pg_stat_statements");
    assertThat(optional(dump)).isEmpty();
    assertThat(manifest().extensions()).containsExactly("citext", "hypopg");
    assertThat(notVerified()).containsExactly("EXTENSION hypopg");
    assertThatThrownBy(
            () ->
                DumpSnapshot.publishBy(
                    policy + "citext: drop }", new MemorySnapshotStore(), sql, false))
        .hasMessageContaining("drops the extension citext, but the dump uses its types");
  }

  private static final String TABLES =
      """
      CREATE EXTENSION IF NOT EXISTS pg_cron WITH SCHEMA pg_catalog;
      CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
      CREATE EXTENSION IF NOT EXISTS timescaledb WITH SCHEMA public;
      CREATE TABLE public.readings (at timestamp with time zone NOT NULL, who text);
      CREATE TABLE _timescaledb_internal._hyper_1_1_chunk (
          CONSTRAINT constraint_1 CHECK ((at >= '2024-01-01'))
      )
      INHERITS (public.readings);
      COPY cron.job (jobid, schedule, command) FROM stdin;
      1\t* * * * *\tcurl -u admin:geheim
      \\.
      COPY public.spatial_ref_sys (srid, auth_name, srtext) FROM stdin;
      4326\tEPSG\tx
      \\.
      COPY _timescaledb_internal._hyper_1_1_chunk (at, who) FROM stdin;
      2024-01-02\tmax.muster@example.com
      \\.
      SELECT pg_catalog.setval('cron.jobid_seq', 1, true);
      CREATE TRIGGER ts_insert_blocker BEFORE INSERT ON public.readings FOR EACH ROW
          EXECUTE FUNCTION _timescaledb_functions.insert_blocker();
      """;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tablesOfMissingExtensionsNeedRulesAndChunksHaveThoseOfTheirHypertable(boolean fully) {
    String rules =
        """
        cron.job: truncate
        public.readings: { keep: [at], columns: { who: email } }
        """;
    assertThatThrownBy(() -> publish(TABLES, rules, fully))
        .hasMessageContaining("public.spatial_ref_sys")
        .hasMessageContaining("no rule");

    String dump =
        publish(
            TABLES, rules + "public.spatial_ref_sys: { keep: [srid, auth_name, srtext] }\n", fully);

    assertThat(dump)
        .contains("COPY public.spatial_ref_sys (srid, auth_name, srtext)", "4326\tEPSG\tx\n")
        .contains("COPY _timescaledb_internal._hyper_1_1_chunk (at, who)")
        .doesNotContain("COPY cron.job", "geheim", "max.muster", "unknown type");
    assertThat(optional(dump))
        .anyMatch(s -> s.contains("EXTENSION IF NOT EXISTS pg_cron"))
        .anyMatch(s -> s.contains("setval('cron.jobid_seq'"))
        .noneMatch(s -> s.contains("EXTENSION IF NOT EXISTS postgis"));
  }

  private Manifest manifest() {
    return new Snapshots(store).read(ShopSnapshot.NAME, null).manifest();
  }

  private List<String> notVerified() {
    return Objects.requireNonNull(manifest().notVerified()).stream()
        .map(Manifest.NotVerified::object)
        .toList();
  }

  private String publish(String sql, String tables, boolean fully) {
    DumpSnapshot.publish(store, sql, tables, fully);
    return text();
  }

  private String text() {
    byte[] zst = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statements whose failure does not end a restore. */
  private static List<String> optional(String dump) {
    return Stream.of(dump.split("ON_ERROR_STOP off", -1))
        .skip(1)
        .map(s -> s.substring(0, s.indexOf("ON_ERROR_STOP on")))
        .toList();
  }
}
