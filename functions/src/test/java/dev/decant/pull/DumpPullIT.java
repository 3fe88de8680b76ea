package dev.decant.pull;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCache;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.Component;
import dev.decant.testing.CountingStore;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A developer pulls snapshots into dumps. */
final class DumpPullIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();
  private static final String DUMP = ShopSnapshot.NAME.key(SnapshotName.DUMP);
  private static final Selection PAYMENT = new Selection(List.of("payment"), true, false);
  private static final Selection PAYMENT_ALONE = new Selection(List.of("payment"), false, false);
  private static Manifest manifest;
  private static String whole;

  @TempDir Path folder;

  @BeforeAll
  static void publish() throws IOException {
    ShopSnapshot.publish(STORE);
    manifest = new Snapshots(STORE).read(ShopSnapshot.NAME, null).manifest();
    whole = unzstd(STORE.read(DUMP).orElseThrow());
  }

  private static String unzstd(byte[] bytes) throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.setContinuous(true).readAllBytes(), UTF_8);
    }
  }

  private static PullResult pull(
      SnapshotStore store, PullTarget target, Selection selection, @Nullable FrameCache cache) {
    return Pull.run(
        new PullRequest(
            new PullRequest.Source(store, ShopSnapshot.NAME, null, cache),
            selection,
            target,
            2,
            Questions.NOBODY,
            Progress.NONE));
  }

  private Path pull(String name, Selection selection) {
    Path file = folder.resolve(name);
    pull(STORE, new PullTarget.ToFile(file, false), selection, null);
    return file;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whatAKilledPullLeftIsRemovedByTheNextOne() throws IOException {
    Path dead = Files.createFile(folder.resolve(".a.sql-123.part"));
    Path new1 = Files.createFile(folder.resolve(".a.sql-124.part"));
    Path locked = Files.createFile(folder.resolve(".a.sql-125.part"));
    Path other = Files.createFile(folder.resolve(".a.sql-notes.part"));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (Path old : List.of(dead, locked, other)) {
      Files.setLastModifiedTime(old, longAgo);
    }
    try (FileChannel living = FileChannel.open(locked, StandardOpenOption.WRITE)) {
      assertThat(living.tryLock()).isNotNull();
      Path pulled = pull("a.sql", Selection.ALL);
      assertThat(files()).containsExactlyInAnyOrder(pulled, new1, locked, other);
    }
  }

  @Test
  void theWholeDumpComesAsItsNameAsksFor() throws IOException {
    assertThat(Files.readString(pull("a.sql", Selection.ALL))).isEqualTo(whole);
    assertThat(unzstd(Files.readAllBytes(pull("a.sql.zst", Selection.ALL)))).isEqualTo(whole);
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(pull("a.sql.gz", Selection.ALL)))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(whole);
    }
    assertThat(files()).hasSize(3);
  }

  @Test
  void aStreamGetsThePlainDump() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    PullResult result = pull(STORE, new PullTarget.ToStream(out), Selection.ALL, null);

    assertThat(out.toString(UTF_8)).isEqualTo(whole);
    assertThat(result.totalRows()).isEqualTo(manifest.rowsOut());
  }

  @Test
  @Needs(Component.PSQL)
  void aDumpOfSomeTablesRestoresByPsql() throws Exception {
    Path file = pull("some.sql", PAYMENT);

    String text = Files.readString(file);
    assertThat(text.lines().filter(l -> l.startsWith("COPY ")))
        .extracting(l -> l.replaceFirst("COPY (\\S+) .*", "$1"))
        .containsExactlyInAnyOrder(
            "public.address", "public.\"order\"", "public.payment", "public.\"user\"");
    restored(
        file,
        "SELECT count(*) > 0 AND (SELECT count(*) = 7 FROM pg_constraint WHERE contype = 'f')"
            + " FROM public.payment");
  }

  @Test
  @Needs(Component.PSQL)
  void aDumpWithoutParentsLeavesTheKeysOutThatNeedThem() throws Exception {
    Path file = pull("alone.sql", PAYMENT_ALONE);

    assertThat(Files.readString(file)).doesNotContain("payment_order_id_fkey FOREIGN KEY");
    restored(
        file,
        "SELECT count(*) > 0 AND (SELECT count(*) = 6 FROM pg_constraint WHERE contype = 'f')"
            + " FROM public.payment");
  }

  @Test
  @Needs(Component.PSQL)
  void aDumpHasNoCommentOnAKeyThatItDoesNotHave() throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(
        store,
        """
        CREATE TABLE public.users (
            id integer NOT NULL
        );

        CREATE TABLE public.orders (
            user_id integer
        );

        COPY public.users (id) FROM stdin;
        1
        \\.

        COPY public.orders (user_id) FROM stdin;
        1
        \\.

        ALTER TABLE ONLY public.users
            ADD CONSTRAINT users_pkey PRIMARY KEY (id);

        COMMENT ON CONSTRAINT users_pkey ON public.users IS 'one';

        ALTER TABLE ONLY public.orders
            ADD CONSTRAINT whose FOREIGN KEY (user_id) REFERENCES public.users(id);

        COMMENT ON CONSTRAINT whose ON public.orders IS 'two';
        """,
        "public.users: {keep: [id]}\npublic.orders: {keep: [user_id]}",
        false);
    Path file = folder.resolve("orders.sql");
    Selection orders = new Selection(List.of("orders"), false, false);

    pull(store, new PullTarget.ToFile(file, false), orders, null);

    assertThat(Files.readString(file)).contains("'one'").doesNotContain("'two'");
    restored(file, "SELECT count(*) = 1 FROM public.orders");
  }

  @Test
  @Needs(Component.PSQL)
  void aDumpOfTheSchemaHasNoRowAndNoValueOfASequence() throws Exception {
    Path file = pull("schema.sql.zst", new Selection(List.of(), true, true));

    Path plain = Files.writeString(folder.resolve("plain.sql"), unzstd(Files.readAllBytes(file)));
    assertThat(Files.readString(plain)).doesNotContain("COPY ").doesNotContain("setval");
    restored(
        plain,
        "SELECT count(*) = 0 AND (SELECT count(*) = 7 FROM pg_constraint WHERE contype = 'f')"
            + " FROM public.payment");
  }

  /** Runs plain psql as a role that has rights only in its own database. */
  private static void restored(Path file, String query) throws Exception {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      Process psql =
          new ProcessBuilder(
                  "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", file.toString(), database.url())
              .redirectErrorStream(true)
              .start();
      String said = new String(psql.getInputStream().readAllBytes(), UTF_8);
      assertThat(psql.waitFor()).as(said).isZero();
      assertThat(one(database, query)).isEqualTo("t");
    }
  }

  private static String one(PlainDatabase database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void oneTableReadsItsFramesOnly() {
    CountingStore counting = new CountingStore(STORE);
    long frames =
        manifest.frames().stream()
            .filter(f -> f.table() != null && f.table().name().equals("payment"))
            .mapToLong(Frame::length)
            .sum();
    long schema =
        manifest.frames().stream()
            .filter(f -> f.kind() == Frame.Kind.DDL)
            .mapToLong(Frame::length)
            .sum();

    pull(counting, new PullTarget.ToStream(new ByteArrayOutputStream()), PAYMENT_ALONE, null);

    long json = STORE.read(ShopSnapshot.NAME.key(SnapshotName.MANIFEST)).orElseThrow().length;
    assertThat(counting.bytes()).isBetween(frames, frames + 4 * schema + json);
  }

  @Test
  void aSecondPullReadsItsFramesFromTheCache() throws IOException {
    FrameCache cache = new FrameCache(folder.resolve("cache/frames"), 1 << 30);
    pull(STORE, new PullTarget.ToStream(new ByteArrayOutputStream()), Selection.ALL, cache);
    CountingStore counting = new CountingStore(STORE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    pull(counting, new PullTarget.ToStream(out), Selection.ALL, cache);

    assertThat(out.toString(UTF_8)).isEqualTo(whole);
    assertThat(counting.bytes())
        .isEqualTo(STORE.read(ShopSnapshot.NAME.key(SnapshotName.MANIFEST)).orElseThrow().length);
  }

  @Test
  void aFileThatIsThereIsLeftAloneWhereNobodyCanBeAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.sql"), "mine");

    assertThatThrownBy(() -> pull("mine.sql", Selection.ALL))
        .isInstanceOfSatisfying(DecantException.class, e -> assertThat(e.exitCode()).isEqualTo(15));
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(files()).hasSize(1);
  }

  @Test
  void aFailureLeavesNoFileAndTheOldOneAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.sql"), "mine");
    MemorySnapshotStore damaged = new MemorySnapshotStore();
    byte[] dump = STORE.read(DUMP).orElseThrow();
    dump[(int) manifest.frames().get(manifest.frames().size() / 2).offset() + 9] ^= 1;
    damaged.put(DUMP, dump);
    String key = ShopSnapshot.NAME.key(SnapshotName.MANIFEST);
    damaged.put(key, STORE.read(key).orElseThrow());

    assertThatThrownBy(() -> pull(damaged, new PullTarget.ToFile(file, true), Selection.ALL, null))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED));
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(files()).hasSize(1);
  }

  @Test
  void anOverwrittenFileIsReplacedAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.sql"), "mine");

    pull(STORE, new PullTarget.ToFile(file, true), Selection.ALL, null);

    assertThat(Files.readString(file)).isEqualTo(whole);
    assertThat(Optional.of(files())).hasValueSatisfying(f -> assertThat(f).hasSize(1));
  }

  @Test
  void aPipeIsWrittenToAndStays() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path copy = folder.resolve("copy");
    Process reader =
        new ProcessBuilder("cat", pipe.toString()).redirectOutput(copy.toFile()).start();
    try {
      pull(STORE, new PullTarget.ToFile(pipe, false), Selection.ALL, null);

      assertThat(reader.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(copy)).isEqualTo(whole);
      assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
      assertThat(files()).hasSize(2);
    } finally {
      reader.destroyForcibly();
    }
  }

  @Test
  void whatALinkLeadsToIsReplacedAndTheLinkStays() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("mine.sql"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("link.sql"), file);

    pull(STORE, new PullTarget.ToFile(link, true), Selection.ALL, null);

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo(whole);
  }
}
