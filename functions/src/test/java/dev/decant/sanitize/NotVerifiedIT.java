package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.frame.FrameSource;
import dev.decant.frame.StoredFrames;
import dev.decant.load.LoadRequest;
import dev.decant.load.SnapshotLoad;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.postgres.Database;
import dev.decant.progress.Progress;
import dev.decant.testing.Component;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Objects without rows that cannot be created from the dump, because {@code pg_dump -t} leaves out
 * what they need. psql skips such an object and continues, so a snapshot must continue as well.
 */
class NotVerifiedIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();

  private static String dump = "";

  @TempDir Path folder;

  @BeforeAll
  static void publish() throws Exception {
    DumpSnapshot.publish(
        STORE,
        """
        CREATE TABLE public.t (id integer NOT NULL, zip text);
        CREATE VIEW public.broken AS SELECT public.absent(t.id) AS a FROM public.t;
        COMMENT ON VIEW public.broken IS 'a comment';
        CREATE VIEW public.whole AS SELECT t.id FROM public.t;
        CREATE MATERIALIZED VIEW public.numbers AS SELECT (t.zip)::integer AS n FROM public.t WITH NO DATA;
        CREATE MATERIALIZED VIEW public.ids AS SELECT t.id FROM public.t WITH NO DATA;
        COPY public.t (id, zip) FROM stdin;
        1\t12345
        2\t67890
        \\.
        ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.t ADD CONSTRAINT known CHECK (public.absent(id) > 0);
        CREATE INDEX t_zip ON public.t USING btree (zip public.absent_ops);
        CREATE INDEX t_plain ON public.t USING btree (zip);
        CREATE TRIGGER act BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.absent();
        CREATE POLICY p ON public.t USING (public.absent(id) > 0);
        REFRESH MATERIALIZED VIEW public.numbers;
        REFRESH MATERIALIZED VIEW public.ids;
        """,
        "public.t: {keep: [id], columns: {zip: {mask: redact, value: none}}}\n",
        true);
    dump = text(STORE);
  }

  private static Manifest manifest() {
    return new Snapshots(STORE).read(ShopSnapshot.NAME, null).manifest();
  }

  @Test
  void eachIsReportedWithItsReason() {
    assertThat(manifest().notVerified())
        .extracting(Manifest.NotVerified::object)
        .anyMatch(o -> o.contains("public.broken"))
        .contains("CONSTRAINT known ON public.t")
        .anyMatch(o -> o.contains("t_zip"))
        .anyMatch(o -> o.contains("act"))
        .anyMatch(o -> o.contains("numbers"))
        .noneMatch(o -> o.contains("t_plain") || o.contains("public.ids") || o.contains("whole"));
    assertThat(manifest().notVerified())
        .allMatch(o -> o.reason().contains("SQLSTATE"))
        .noneMatch(o -> o.reason().contains("none"));
  }

  /** A REFRESH that fails over the rows is left out. Everything else is published unchanged. */
  @Test
  void onlyTheRefreshThatFailsIsLeftOut() {
    assertThat(dump)
        .contains("REFRESH MATERIALIZED VIEW public.ids;", "public.absent_ops", "TRIGGER act")
        .doesNotContain("REFRESH MATERIALIZED VIEW public.numbers");
  }

  /** A view over a view that is left out cannot be populated either. */
  @Test
  void aRefreshOverAViewThatIsLeftOutIsLeftOutToo() {
    SmallDump dump = new SmallDump(folder);
    dump.run(
        """
        CREATE TABLE public.users (id integer, number text);
        CREATE MATERIALIZED VIEW public.numbers AS
          SELECT id, number::integer AS n FROM public.users WITH NO DATA;
        CREATE MATERIALIZED VIEW public.sums AS
          SELECT sum(n) AS n FROM public.numbers WITH NO DATA;
        CREATE MATERIALIZED VIEW public.ids AS SELECT id FROM public.users WITH NO DATA;
        COPY public.users (id, number) FROM stdin;
        1\t2
        \\.

        REFRESH MATERIALIZED VIEW public.numbers;
        REFRESH MATERIALIZED VIEW public.sums;
        REFRESH MATERIALIZED VIEW public.ids;
        """,
        """
        version: 1
        tables:
          public.users: { keep: [id], columns: { number: { mask: constant, value: none } } }
        """);
    assertThat(dump.text())
        .contains("REFRESH MATERIALIZED VIEW public.ids;")
        .doesNotContain("REFRESH MATERIALIZED VIEW public.numbers", "VIEW public.sums;");
  }

  /** It is in a frame before the rows after it are read, so psql would stop there. */
  @Test
  void oneThatStandsBetweenRowsFailsTheRun() {
    assertThatThrownBy(
            () ->
                publish(
                    """
                    CREATE TABLE public.t (id integer);
                    CREATE TABLE public.u (id integer);
                    COPY public.t (id) FROM stdin;
                    1
                    \\.
                    CREATE VIEW public.broken AS SELECT public.absent(1) AS a;
                    COPY public.u (id) FROM stdin;
                    1
                    \\.
                    """))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("public.broken")
        .hasMessageContaining("precedes the rows of another table");
  }

  /** Its error says that a right is missing, but without rows it succeeds. */
  @Test
  void aConstraintThatFailsForTheRowsFailsTheRun() {
    assertThatThrownBy(
            () ->
                publish(
                    """
                    CREATE FUNCTION public.fits(integer) RETURNS boolean LANGUAGE plpgsql
                      AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '42501'; END $$;
                    CREATE TABLE public.t (id integer);
                    CREATE TABLE public.u (id integer);
                    COPY public.t (id) FROM stdin;
                    1
                    \\.
                    COPY public.u (id) FROM stdin;
                    1
                    \\.
                    ALTER TABLE ONLY public.t ADD CONSTRAINT c CHECK (public.fits(id));
                    """))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("public.t");
  }

  @Test
  void noTableIsOptionalBesideOneOfThem() throws Exception {
    String published =
        publish(
            """
            ALTER TABLE public.t CLUSTER ON absent; CREATE TABLE public.t (id integer);
            CREATE TABLE public.u (id integer);
            COPY public.t (id) FROM stdin;
            1
            \\.
            COPY public.u (id) FROM stdin;
            1
            \\.
            """);
    assertThat(published.split("ON_ERROR_STOP off", -1)).hasSize(2);
    assertThat(published).containsPattern("ON_ERROR_STOP off\n.*\nALTER TABLE public.t CLUSTER");
  }

  private static String publish(String sql) throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(store, sql, "public.t: {keep: [id]}\npublic.u: {keep: [id]}\n", false);
    return text(store);
  }

  private static String text(MemorySnapshotStore store) throws Exception {
    byte[] zst = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  @Needs({Component.PSQL})
  void psqlGoesOnWithoutThem() throws Exception {
    Path file = Files.writeString(folder.resolve("dump.sql"), dump);
    for (String version : List.of("", "150013")) {
      try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V15)) {
        List<String> command = new ArrayList<>(List.of("psql", "-qX", "-v", "ON_ERROR_STOP=1"));
        if (!version.isEmpty()) {
          command.addAll(List.of("-v", "VERSION_NUM=" + version));
        }
        command.addAll(List.of("-f", file.toString(), database.url()));
        Process psql = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(psql.getInputStream().readAllBytes(), UTF_8);
        assertThat(psql.waitFor()).as(output).isZero();
        assertRestored(database);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PostgresVersion.class,
      names = {"V15", "V18"})
  void aLoadGoesOnWithoutThemAndSaysSo(PostgresVersion version) throws Exception {
    FrameSource frames = new StoredFrames(STORE, ShopSnapshot.NAME.key(SnapshotName.DUMP));
    List<String> said = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void message(String text) {
            said.add(text);
          }
        };
    try (PlainDatabase plain = PlainDatabase.on(version)) {
      Database database = plain.asDatabase();
      SnapshotLoad.run(LoadRequest.all(manifest(), frames, database, 2, progress, () -> {}));
      assertRestored(plain);
    }
    assertThat(said).anyMatch(line -> line.startsWith("Not created: ") && line.contains("broken"));
  }

  private static void assertRestored(PlainDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM public.whole), (SELECT count(*) FROM public.ids),
                  (SELECT relispopulated FROM pg_class WHERE oid = 'public.numbers'::regclass),
                  to_regclass('public.t_plain') IS NOT NULL,
                  (SELECT count(*) FROM pg_constraint WHERE conname IN ('t_pkey', 'known'))
                """)) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(2);
      assertThat(row.getLong(2)).isEqualTo(2);
      assertThat(row.getBoolean(3)).isFalse();
      assertThat(row.getBoolean(4)).isTrue();
      assertThat(row.getLong(5)).isEqualTo(1);
    }
  }
}
