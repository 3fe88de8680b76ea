package dev.decant.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.setting.KeyPairs;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import dev.decant.testing.SqlAsciiSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A developer pulls snapshots into databases. */
final class PullIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static final String DUMP = ShopSnapshot.NAME.key(SnapshotName.DUMP);
  private static final String BY_SNAPSHOT = "shop_production_20260323";
  private static final String MARK =
      "SELECT coalesce(max(shobj_description(oid, 'pg_database')), '') FROM pg_database"
          + " WHERE datname LIKE 'mine%'";
  private static Manifest manifest;

  private final List<String> said = new ArrayList<>();
  private Developer developer;

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(STORE);
    manifest = new Snapshots(STORE).read(ShopSnapshot.NAME, null).manifest();
  }

  @BeforeEach
  void arrive() throws SQLException {
    developer = Developer.on(PostgresVersion.V18);
  }

  @AfterEach
  void leave() throws SQLException {
    developer.close();
  }

  private PullRequest request(
      SnapshotStore store,
      Developer who,
      DatabaseNaming naming,
      Selection selection,
      Questions questions) {
    Progress progress =
        new Progress() {
          @Override
          public void message(String text) {
            said.add(text);
          }
        };
    return new PullRequest(
        new PullRequest.Source(store, ShopSnapshot.NAME, null, null),
        selection,
        new PullTarget.OnServer(who.server(), naming),
        2,
        questions,
        progress);
  }

  private PullResult pull(DatabaseNaming naming, Selection selection, Questions questions) {
    return Pull.run(request(STORE, developer, naming, selection, questions));
  }

  private PullResult pull(@Nullable String into) {
    return pull(new DatabaseNaming(into, false, false), Selection.ALL, Questions.NOBODY);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void aNewDatabaseIsNamedAfterTheSnapshotAndHasAllOfIt(PostgresVersion version)
      throws SQLException {
    try (Developer who = Developer.on(version)) {
      // The other tests use a database of that name on version 18.
      DatabaseNaming naming =
          new DatabaseNaming(version == PostgresVersion.V18 ? "mine" : null, false, false);
      PullResult result = Pull.run(request(STORE, who, naming, Selection.ALL, Questions.NOBODY));

      String name = version == PostgresVersion.V18 ? "mine" : BY_SNAPSHOT;
      assertThat(result.place()).isEqualTo(name);
      assertThat(result.totalRows()).isEqualTo(manifest.rowsOut());
      assertThat(who.databases()).containsExactly(name);
      for (Manifest.Table table : manifest.tables()) {
        assertThat(who.one(name, "SELECT count(*) FROM " + table.table().sql()))
            .isEqualTo(Long.toString(table.rowsOut()));
      }
      assertThat(who.one(name, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
          .isEqualTo("7");
    }
  }

  @Test
  void aNameThatIsTakenIsLeftAloneWhereNobodyCanBeAsked() throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE theirs");
    developer.run("theirs", "CREATE TABLE precious ()");

    assertThatThrownBy(() -> pull("theirs"))
        .isInstanceOfSatisfying(DecantException.class, e -> assertThat(e.exitCode()).isEqualTo(15))
        .hasMessageContaining("--overwrite")
        .hasMessageContaining("--new");
    assertThat(developer.databases()).containsExactly("theirs");
    assertThat(developer.one("theirs", "SELECT count(*) FROM precious")).isEqualTo("0");
  }

  @Test
  void whoDoesNotAgreeKeepsTheDatabase() throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE theirs");
    List<String> asked = new ArrayList<>();

    assertThatThrownBy(
            () ->
                pull(
                    new DatabaseNaming("theirs", false, false),
                    Selection.ALL,
                    question -> {
                      asked.add(question);
                      return Optional.of(false);
                    }))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
    assertThat(asked).singleElement().asString().contains("theirs", "not made by a pull");
    assertThat(developer.databases()).containsExactly("theirs");
  }

  @Test
  void anAgreedReplacementTakesPlaceOnceTheNewOneIsWholeWhoeverIsConnected() throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE theirs");
    developer.run("theirs", "CREATE TABLE precious ()");
    try (Connection other = developer.connect("theirs")) {
      List<String> there = new ArrayList<>();
      PullRequest request =
          request(
              STORE,
              developer,
              new DatabaseNaming("theirs", false, false),
              Selection.ALL,
              q -> Optional.of(true));
      PullResult result =
          Pull.run(
              withProgress(
                  request,
                  new Progress() {
                    @Override
                    public void stage(String name, long total, String unit) {
                      there.add(assertThatOldIsThere());
                    }
                  }));

      assertThat(result.replaced()).isTrue();
      assertThat(there).isNotEmpty().containsOnly("0");
      assertThat(other.isValid(5)).isFalse();
    }
    assertThat(developer.databases()).containsExactly("theirs");
    assertThat(developer.one("theirs", "SELECT count(*) FROM public.\"user\"")).isNotEqualTo("0");
    assertThat(developer.one("theirs", "SELECT to_regclass('precious') IS NULL")).isEqualTo("t");
  }

  private String assertThatOldIsThere() {
    try {
      return developer.one("theirs", "SELECT count(*) FROM precious");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PullRequest withProgress(PullRequest of, Progress progress) {
    return new PullRequest(
        of.source(), of.selection(), of.target(), of.jobs(), of.questions(), progress);
  }

  @Test
  void newTakesAnotherNameAndSaysSo() throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE theirs");

    PullResult result =
        pull(new DatabaseNaming("theirs", false, true), Selection.ALL, Questions.NOBODY);

    assertThat(result.place()).isEqualTo("theirs_2");
    assertThat(developer.databases()).containsExactly("theirs", "theirs_2");
    assertThat(said).anyMatch(line -> line.contains("theirs exists") && line.contains("theirs_2"));
  }

  @Test
  void theServersOwnDatabasesAreNeverReplaced() {
    assertThatThrownBy(
            () ->
                pull(new DatabaseNaming("postgres", true, false), Selection.ALL, Questions.NOBODY))
        .hasMessageContaining("postgres")
        .hasMessageContaining("does not replace it");
  }

  @Test
  void somebodyElsesDatabaseIsNotReplaced() throws SQLException {
    developer.asSuperuser("CREATE DATABASE of_the_superuser");
    try {
      assertThatThrownBy(
              () ->
                  pull(
                      new DatabaseNaming("of_the_superuser", true, false),
                      Selection.ALL,
                      Questions.NOBODY))
          .hasMessageContaining("belongs to decant");
    } finally {
      developer.asSuperuser("DROP DATABASE of_the_superuser");
    }
  }

  @Test
  void aDatabaseWithSessionsThatWeMayNotEndIsRefusedBeforeTheLoad() throws SQLException {
    String other = developer.role() + "_other";
    developer.run(developer.role(), "CREATE DATABASE theirs");
    developer.asSuperuser("CREATE ROLE " + other + " LOGIN PASSWORD 'plain'");
    try (Connection _ = connect(other, "theirs")) {
      assertThatThrownBy(
              () ->
                  pull(new DatabaseNaming("theirs", true, false), Selection.ALL, Questions.NOBODY))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
          .hasMessageContaining(other);
      assertThat(said).noneMatch(line -> line.contains("theirs_pulling"));
      assertThat(developer.databases()).containsExactly("theirs");
    } finally {
      developer.asSuperuser("DROP ROLE " + other);
    }
  }

  private Connection connect(String role, String database) {
    ServerAddress own = developer.server().address();
    return new ServerAddress(own.host(), own.port(), role, "plain", database, Map.of())
        .connect(database);
  }

  /** Runs an action when the load has begun. */
  private PullResult pull(DatabaseNaming naming, String during) {
    AtomicBoolean done = new AtomicBoolean();
    PullRequest request = request(STORE, developer, naming, Selection.ALL, Questions.NOBODY);
    return Pull.run(
        withProgress(
            request,
            new Progress() {
              @Override
              public void message(String text) {
                said.add(text);
              }

              @Override
              public void stage(String name, long total, String unit) {
                if (done.compareAndSet(false, true)) {
                  try {
                    for (String sql : during.split(";", -1)) {
                      developer.run(developer.role(), sql);
                    }
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                }
              }
            }));
  }

  @Test
  void anotherDatabaseThatTookTheNameMeanwhileStays() throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE theirs");

    assertThatThrownBy(
            () ->
                pull(
                    new DatabaseNaming("theirs", true, false),
                    "ALTER DATABASE theirs RENAME TO kept; CREATE DATABASE theirs"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessageContaining("during the pull");
    assertThat(developer.databases()).containsExactly("kept", "theirs");
    assertThat(developer.one("theirs", "SELECT to_regclass('\"user\"') IS NULL")).isEqualTo("t");
  }

  @Test
  void newTakesYetAnotherNameWhereItsOwnIsTakenMeanwhile() throws SQLException {
    PullResult result = pull(new DatabaseNaming("mine", false, true), "CREATE DATABASE mine");

    assertThat(result.place()).isEqualTo("mine_2");
    assertThat(developer.databases()).containsExactly("mine", "mine_2");
    assertThat(said).anyMatch(line -> line.contains("mine_2"));
  }

  @Test
  void theDatabaseOfTheUrlIsReplacedWherePostgresIsClosed() throws SQLException {
    developer.asSuperuser("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
    try {
      pull(new DatabaseNaming(developer.role(), true, false), Selection.ALL, Questions.NOBODY);
    } finally {
      developer.asSuperuser("GRANT CONNECT ON DATABASE postgres TO PUBLIC");
    }
    assertThat(developer.one(developer.role(), "SELECT to_regclass('\"user\"') IS NULL"))
        .isEqualTo("f");
  }

  @ParameterizedTest
  @EnumSource(names = {"V14", "V18"})
  void aSnapshotWithBytesOfUnknownEncodingGetsADatabaseForThem(PostgresVersion version)
      throws SQLException {
    developer.close();
    developer = Developer.on(version);
    MemorySnapshotStore store = new MemorySnapshotStore();
    SqlAsciiSnapshot.publish(store, "Meier");

    Pull.run(
        new PullRequest(
            new PullRequest.Source(store, ShopSnapshot.NAME, null, null),
            Selection.ALL,
            new PullTarget.OnServer(developer.server(), new DatabaseNaming("mine", false, false)),
            2,
            Questions.NOBODY,
            Progress.NONE));

    assertThat(developer.one("mine", "SHOW server_encoding")).isEqualTo("SQL_ASCII");
    assertThat(developer.one("mine", SqlAsciiSnapshot.QUERY)).isEqualTo(SqlAsciiSnapshot.KEPT);
  }

  @Test
  void aDatabaseThatWaitsForItsNameIsNoLeftover() throws Exception {
    PullServer server = PullServer.of(developer.server());
    try (UnpublishedDatabase database =
        UnpublishedDatabase.create(
            server,
            ShopSnapshot.NAME,
            "mine",
            DatabaseCreation.of(server, DatabaseEncoding.UTF8, false))) {
      Thread publishing;
      try (Connection _ = developer.connect(database.name())) {
        publishing =
            Thread.ofPlatform()
                .start(() -> database.publish(new PullDestination("mine", 0, ""), _ -> {}));
        for (int i = 0; i < 200 && !developer.one("postgres", MARK).contains("published"); i++) {
          Thread.sleep(20);
        }
        assertThat(developer.one("postgres", MARK)).contains("being published");
      }
      assertThat(KilledPulls.drop(server)).isEmpty();
      publishing.join();
    }
    assertThat(developer.databases()).containsExactly("mine");
  }

  @Test
  void aFailureLeavesNothingAndTheOldDatabaseAsItWas() throws SQLException {
    developer.run(developer.role(), "CREATE DATABASE theirs");
    Frame last =
        manifest.frames().stream()
            .filter(f -> f.kind() == Frame.Kind.ROWS)
            .reduce((a, b) -> b)
            .orElseThrow();
    byte[] dump = STORE.read(DUMP).orElseThrow();
    byte[] damaged = dump.clone();
    damaged[(int) last.offset() + 20] ^= 1;
    STORE.put(DUMP, damaged);
    try {
      assertThatThrownBy(
              () ->
                  pull(new DatabaseNaming("theirs", true, false), Selection.ALL, Questions.NOBODY))
          .isInstanceOfSatisfying(
              DecantException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
    } finally {
      STORE.put(DUMP, dump);
    }
    assertThat(developer.databases()).containsExactly("theirs");
  }

  @Test
  void aRawSnapshotCannotBePulledWhateverIsAsked() throws SQLException {
    MemorySnapshotStore raw = new MemorySnapshotStore();
    raw.put(DUMP, STORE.read(DUMP).orElseThrow());
    raw.put(ShopSnapshot.NAME.key(SnapshotName.MD5), new byte[0]);

    assertThatThrownBy(
            () ->
                Pull.run(
                    request(
                        raw,
                        developer,
                        new DatabaseNaming(null, true, false),
                        Selection.ALL,
                        q -> Optional.of(true))))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND));
    assertThat(developer.databases()).isEmpty();
  }

  @Test
  void aSnapshotThatTheReadersKeyDidNotSignIsRefused() throws SQLException {
    PullRequest of =
        request(STORE, developer, DatabaseNaming.BY_SNAPSHOT, Selection.ALL, Questions.NOBODY);
    PullRequest withKey =
        new PullRequest(
            new PullRequest.Source(
                of.source().store(),
                of.source().snapshot(),
                KeyPairs.generateSigningKey().publicKey(),
                null),
            of.selection(),
            of.target(),
            1,
            Questions.NOBODY,
            Progress.NONE);

    assertThatThrownBy(() -> Pull.run(withKey))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID));
    assertThat(developer.databases()).isEmpty();
  }

  @Test
  void aDumpThatIsNotTheManifestsIsRefusedBeforeAnythingIsMade() throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    for (String suffix : List.of(SnapshotName.MANIFEST, SnapshotName.REPORT)) {
      String key = ShopSnapshot.NAME.key(suffix);
      store.put(key, STORE.read(key).orElseThrow());
    }
    PullRequest request =
        request(store, developer, DatabaseNaming.BY_SNAPSHOT, Selection.ALL, Questions.NOBODY);

    assertThatThrownBy(() -> Pull.run(request))
        .hasMessageContaining("does not exist, although its manifest does");
    assertThat(developer.databases()).isEmpty();
  }

  @Test
  void whatAKilledPullLeftGoesWithTheNextOne() throws SQLException {
    String marked = "shop_pulling_20260101000000_00ff";
    String replaced = "shop_replaced_20260101000000_00ff";
    String unmarked = "shop_pulling_20260101000000_0001";
    String young =
        DatabaseNames.pulling("shop", java.time.Instant.now(), 2); // its pull may be alive
    String alive = "shop_pulling_20260101000000_0003";
    String published = "shop_pulling_20260101000000_0004";
    String strange = "shop_pulling_x";
    for (String each : List.of(marked, replaced, unmarked, young, alive, published, strange)) {
      developer.run(developer.role(), "CREATE DATABASE " + each);
    }
    mark(marked, PullMark.State.LOADING);
    mark(replaced, PullMark.State.REPLACED);
    mark(published, PullMark.State.PUBLISHING);
    mark(alive, PullMark.State.LOADING);

    try (Connection _ = developer.connect(alive)) {
      pull("mine");
    }

    assertThat(developer.databases())
        .containsExactlyInAnyOrder(young, alive, published, strange, "mine");
    assertThat(said).anyMatch(line -> line.contains(marked));
  }

  private void mark(String database, PullMark.State state) throws SQLException {
    developer.run(
        developer.role(),
        "COMMENT ON DATABASE "
            + database
            + " IS '"
            + PullMark.of(ShopSnapshot.NAME, state).text()
            + "'");
  }

  @Test
  void aRoleThatMayNotCreateDatabasesIsToldWhatToRun() throws SQLException {
    developer.asSuperuser("ALTER ROLE " + developer.role() + " NOCREATEDB");

    assertThatThrownBy(() -> pull("mine"))
        .hasMessageContaining("ALTER ROLE \"" + developer.role() + "\" CREATEDB");
  }

  @Test
  void aTableComesWithTheTablesThatItsForeignKeysNeed() throws SQLException {
    PullResult result =
        pull(
            new DatabaseNaming("mine", false, false),
            new Selection(List.of(" \"payment\""), true, false),
            Questions.NOBODY);

    assertThat(result.rows().keySet())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "public.payment", "public.order", "public.user", "public.address");
    assertThat(result.addedTables()).hasSize(3);
    assertThat(developer.one("mine", "SELECT count(*) FROM audit_log")).isEqualTo("0");
    assertThat(developer.one("mine", "SELECT count(*) > 0 FROM payment")).isEqualTo("t");
    assertThat(developer.one("mine", "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .isEqualTo("7");
  }

  @Test
  void withoutParentsTheKeysThatNeedThemAreLeftOutAndSaid() throws SQLException {
    PullResult result =
        pull(
            new DatabaseNaming("mine", false, false),
            new Selection(List.of("public.payment"), false, false),
            Questions.NOBODY);

    assertThat(result.rows()).hasSize(1);
    assertThat(result.omittedKeys()).containsExactly("public.payment → public.order");
    assertThat(developer.one("mine", "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .isEqualTo("6");
  }

  /**
   * pg_dump writes a view that depends on a primary key after the keys, and then the indexes of the
   * view.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aViewThatNeedsAKeyIsThereBeforeItsIndexes(boolean fully) throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(
        store,
        """
        CREATE TABLE public.users (
            id integer NOT NULL,
            name text
        );

        COPY public.users (id, name) FROM stdin;
        1\ta
        2\tb
        \\.

        ALTER TABLE ONLY public.users
            ADD CONSTRAINT users_pkey PRIMARY KEY (id);

        CREATE MATERIALIZED VIEW public.names AS
         SELECT u.id, u.name, count(*) AS n
           FROM public.users u
          GROUP BY u.id
          WITH NO DATA;

        CREATE STATISTICS public.names_stats (ndistinct) ON id, name FROM public.names;

        ALTER STATISTICS public.names_stats SET STATISTICS 10;

        CREATE UNIQUE INDEX names_id ON public.names USING btree (id);

        CREATE INDEX names_name ON public.names USING btree (name);

        CREATE INDEX names_upper ON public.names USING btree (upper(name));

        CREATE INDEX users_name ON public.users USING btree (name);

        CREATE VIEW public.few AS
         SELECT id, name FROM public.users GROUP BY id;

        REFRESH MATERIALIZED VIEW public.names;
        """,
        "public.users: {keep: [id, name]}",
        fully);

    Pull.run(
        request(
            store,
            developer,
            new DatabaseNaming("mine", false, false),
            Selection.ALL,
            Questions.NOBODY));

    assertThat(developer.one("mine", "SELECT count(*) FROM names")).isEqualTo("2");
    assertThat(
            developer.one(
                "mine", "SELECT count(*) FROM pg_index WHERE indrelid = 'names'::regclass"))
        .isEqualTo("3");
    assertThat(developer.one("mine", "SELECT stxstattarget FROM pg_statistic_ext")).isEqualTo("10");
  }

  @Test
  void aCommentGoesWithTheKeyThatIsLeftOut() throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(
        store,
        """
        CREATE TABLE public.users (
            id integer NOT NULL
        );

        CREATE TABLE public.orders (
            id integer NOT NULL,
            user_id integer
        );

        COPY public.users (id) FROM stdin;
        1
        \\.

        COPY public.orders (id, user_id) FROM stdin;
        7\t1
        \\.

        ALTER TABLE ONLY public.users
            ADD CONSTRAINT users_pkey PRIMARY KEY (id);

        COMMENT ON CONSTRAINT users_pkey ON public.users IS 'one';

        ALTER TABLE ONLY public.orders
            ADD CONSTRAINT "Whose" FOREIGN KEY (user_id) REFERENCES public.users(id);

        COMMENT ON CONSTRAINT "Whose" ON public.orders IS 'two; three';
        """,
        "public.users: {keep: [id]}\npublic.orders: {keep: [id, user_id]}",
        false);

    PullResult result =
        Pull.run(
            request(
                store,
                developer,
                new DatabaseNaming("mine", false, false),
                new Selection(List.of("orders"), false, false),
                Questions.NOBODY));

    assertThat(result.omittedKeys()).containsExactly("public.orders → public.users");
    assertThat(
            developer.column(
                "mine",
                "SELECT description FROM pg_description"
                    + " WHERE classoid = 'pg_constraint'::regclass AND objoid >= 16384"))
        .containsExactly("one");
  }

  /** pg_dump --load-via-partition-root writes the rows like this. */
  @Test
  void rowsThatStandUnderThePartitionedTableComeWithIt() throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(
        store,
        """
        CREATE TABLE public.part (
            id integer NOT NULL
        )
        PARTITION BY RANGE (id);

        CREATE TABLE public.low (
            id integer NOT NULL
        );

        CREATE TABLE public.high (
            id integer NOT NULL
        );

        CREATE TABLE public.other (
            id integer NOT NULL
        );

        ALTER TABLE ONLY public.part ATTACH PARTITION public.low FOR VALUES FROM (0) TO (10);

        ALTER TABLE ONLY public.part ATTACH PARTITION public.high FOR VALUES FROM (10) TO (20);

        COPY public.part (id) FROM stdin;
        1
        2
        \\.

        COPY public.part (id) FROM stdin;
        11
        \\.

        COPY public.other (id) FROM stdin;
        5
        \\.
        """,
        "public.part: {keep: [id]}\npublic.other: {keep: [id]}",
        false);

    PullResult result =
        Pull.run(
            request(
                store,
                developer,
                new DatabaseNaming("mine", false, false),
                new Selection(List.of("part"), true, false),
                Questions.NOBODY));

    assertThat(result.totalRows()).isEqualTo(3);
    assertThat(result.addedTables()).isEmpty();
    assertThat(developer.one("mine", "SELECT count(*) FROM low")).isEqualTo("2");
    assertThat(developer.one("mine", "SELECT count(*) FROM high")).isEqualTo("1");
    assertThat(developer.one("mine", "SELECT count(*) FROM other")).isEqualTo("0");
  }

  @Test
  void aTableThatIsNotThereIsToldWithTheNearest() {
    assertThatThrownBy(
            () ->
                pull(
                    DatabaseNaming.BY_SNAPSHOT,
                    new Selection(List.of("paymant"), true, false),
                    Questions.NOBODY))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("payment");
  }

  @Test
  void schemaOnlyHasTheSchemaAndNoRow() throws SQLException {
    PullResult result =
        pull(
            new DatabaseNaming("mine", false, false),
            new Selection(List.of(), true, true),
            Questions.NOBODY);

    assertThat(result.totalRows()).isZero();
    assertThat(developer.one("mine", "SELECT count(*) FROM \"user\"")).isEqualTo("0");
    assertThat(developer.one("mine", "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .isEqualTo("7");
    assertThat(developer.one("mine", "SELECT nextval('user_id_seq')")).isEqualTo("1");
  }

  @Test
  void aServerThatIsNotThereIsToldWithTheWayOut() {
    PullRequest of =
        request(STORE, developer, DatabaseNaming.BY_SNAPSHOT, Selection.ALL, Questions.NOBODY);
    PullTarget nowhere =
        new PullTarget.OnServer(
            new dev.decant.postgres.ServerFinder(
                    java.util.Map.of("PGPORT", "1"), java.nio.file.Path.of("/nonexistent"))
                .find(null),
            DatabaseNaming.BY_SNAPSHOT);
    PullRequest request =
        new PullRequest(of.source(), of.selection(), nowhere, 1, Questions.NOBODY, Progress.NONE);

    assertThatThrownBy(() -> Pull.run(request))
        .hasMessageContaining("PGPORT")
        .hasMessageContaining("--embedded");
  }

  @Test
  void theDiskThatIsNeededIsTold() {
    pull("mine");
    assertThat(said).anyMatch(line -> line.startsWith("About ") && line.contains("disk"));
  }
}
