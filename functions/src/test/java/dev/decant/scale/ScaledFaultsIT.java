package dev.decant.scale;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.store.StoredObject;
import dev.decant.sweep.StoreLeftovers;
import dev.decant.sweep.Sweep;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a process of a run: the snapshot is complete, or there is none. */
@Needs(Component.PG_DUMP)
final class ScaledFaultsIT {
  private static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, note text);
      INSERT INTO users SELECT i, 'canary' || i || '@raw.example.org', repeat('n', 900) || i
        FROM generate_series(1, 3000) i;
      CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
      INSERT INTO orders SELECT i, 1 + i % 3000 FROM generate_series(1, 100) i;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users:
          columns: { email: email }
          keep: [id, note]
        public.orders: { keep: [id, user_id] }
      """;

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private PlainDatabase source;
  private ScaledRun run;

  @BeforeEach
  void open() throws SQLException {
    source = ScaledRunIT.database(SCHEMA);
    run = new ScaledRun(source, POLICY, folder, store);
  }

  @AfterEach
  void close() throws SQLException {
    run.close();
    source.close();
  }

  private static void fails(ThrowingCallable work, ErrorCode code, String... texts) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(DecantException.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .doesNotContain("canary")
        .satisfies(message -> assertThat(List.of(texts)).allMatch(message::contains));
  }

  private void publishesLikeOneProcess() {
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);
    assertThat(ScaledRun.text(store)).isEqualTo(ScaledRun.text(run.alone()));
  }

  private void nothingIsPublished() {
    assertThat(store.stat(ScaledRun.NAME.key(SnapshotName.MANIFEST))).isEmpty();
    assertThat(store.stat(ScaledRun.NAME.key(SnapshotName.DUMP))).isEmpty();
  }

  private void nothingIsLeft() throws SQLException {
    nothingIsPublished();
    assertThat(store.list(".scale/")).isEmpty();
    assertThat(store.list(".runs/")).isEmpty();
    assertThat(run.databases()).isEmpty();
  }

  private void inScratch(String sql) throws SQLException {
    for (String name : run.databases()) {
      if (name.contains("_rows_")) {
        String url = "jdbc:" + run.scratch.url().replaceFirst("//.*@", "//");
        try (Connection connection =
                DriverManager.getConnection(
                    url.replaceFirst("/[^/]+$", "/" + name), run.scratch.name(), "plain");
            Statement statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
    }
  }

  @Test
  void itemIsLoadedOnceIfItIsRunAgain() {
    int items = run.planAndChunks();
    assertThat(items).isGreaterThan(2);
    assertThat(run.chunk(1).rows()).isEqualTo(-1);
    publishesLikeOneProcess();
  }

  @Test
  void itemIsLoadedOnceIfItIsRunAtTheSameTime() throws Exception {
    int items = run.plan().items();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int item = 0; item < items; item++) {
        int number = item;
        Callable<Long> chunk = () -> run.chunk(number).rows();
        List<Long> rows = new ArrayList<>();
        for (Future<Long> each : threads.invokeAll(List.of(chunk, chunk, chunk))) {
          rows.add(each.get());
        }
        assertThat(rows).filteredOn(r -> r > 0).hasSize(1);
        assertThat(rows).filteredOn(r -> r == -1).hasSize(2);
      }
    }
    publishesLikeOneProcess();
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit .*frames", "commit .*trace", "put .*chunk-1-.*json"})
  void itemThatFailedIsRunAgain(String change) {
    int items = run.plan().items();
    store.before =
        what -> {
          if (what.matches(change)) {
            throw new DecantException(ErrorCode.STORE_FAILED, "The test ends this process.");
          }
        };
    fails(() -> run.chunk(1), ErrorCode.STORE_FAILED);
    store.before = what -> {};
    IntStream.range(0, items).forEach(item -> assertThat(run.chunk(item).rows()).isPositive());
    publishesLikeOneProcess();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "trace", "json"})
  void filesOfTwoItemsThatAreSwappedAreRefused(String suffix) {
    run.planAndChunks();
    List<String> keys =
        IntStream.range(0, 2)
            .mapToObj(
                item ->
                    store.list(".scale/").stream()
                        .map(StoredObject::key)
                        .filter(k -> k.contains("chunk-" + item + '-') && k.endsWith(suffix))
                        .findFirst()
                        .orElseThrow())
            .toList();
    byte[] first = store.read(keys.get(0)).orElseThrow();
    store.put(keys.get(0), store.read(keys.get(1)).orElseThrow());
    store.put(keys.get(1), first);
    assertThatThrownBy(run::finish).isInstanceOf(DecantException.class);
    nothingIsPublished();
  }

  @Test
  void itemThatIsNotDoneIsNamedAndCanBeDoneThen() {
    int items = run.plan().items();
    IntStream.range(0, items).filter(i -> i != 1).forEach(run::chunk);
    fails(run::finish, ErrorCode.ROWS_DIFFER, "1 of the " + items + " items", "not done: 1.");
    nothingIsPublished();
    run.chunk(1);
    publishesLikeOneProcess();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "trace", "json"})
  void changedFileIsRefused(String suffix) throws SQLException {
    run.planAndChunks();
    StoredObject file =
        store.list(".scale/").stream()
            .filter(o -> o.key().contains("chunk-1-") && o.key().endsWith(suffix))
            .findFirst()
            .orElseThrow();
    byte[] bytes = store.read(file.key()).orElseThrow();
    bytes[bytes.length / 2] ^= 1;
    store.put(file.key(), bytes);
    fails(run::finish, ErrorCode.SNAPSHOT_DAMAGED);
    nothingIsPublished();
    assertThat(run.forget()).isTrue();
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "trace", "json"})
  void absentFileIsRefused(String suffix) {
    run.planAndChunks();
    store.list(".scale/").stream()
        .map(StoredObject::key)
        .filter(key -> key.contains("chunk-1-") && key.endsWith(suffix))
        .forEach(store::delete);
    assertThatThrownBy(run::finish).isInstanceOf(DecantException.class);
    nothingIsPublished();
  }

  @Test
  void changedPlanIsRefused() {
    run.plan();
    byte[] plan = store.read(".scale/abc123/plan").orElseThrow();
    byte[] shorter = Arrays.copyOf(plan, plan.length - 20);
    store.put(".scale/abc123/plan", shorter);
    fails(() -> run.chunk(0), ErrorCode.SNAPSHOT_DAMAGED);
    fails(run::finish, ErrorCode.SNAPSHOT_DAMAGED);
  }

  @Test
  void dumpOfAnEarlierPlanIsRefused() throws SQLException {
    run.plan();
    byte[] earlier = store.read(".scale/abc123/dump").orElseThrow();
    ScaledRunIT.execute(source, "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    run.planAndChunks();
    store.put(".scale/abc123/dump", earlier);
    fails(() -> run.chunk(0), ErrorCode.SNAPSHOT_DAMAGED, "not that of the plan");
    fails(run::finish, ErrorCode.SNAPSHOT_DAMAGED, "not that of the plan");
    store.delete(".scale/abc123/dump");
    fails(run::finish, ErrorCode.SNAPSHOT_DAMAGED, "is absent");
    nothingIsPublished();
  }

  /** The fingerprints are those of the same rows, but another run encrypted them. */
  @Test
  void fingerprintsOfAnotherRunAreRefused() {
    run.planAndChunks();
    Map<String, byte[]> others = traces();
    assertThat(run.forget()).isTrue();
    run.id = "other";
    run.planAndChunks();
    List<String> names = List.copyOf(traces().keySet());
    others.values().forEach(trace -> store.put(names.getFirst(), trace));
    fails(run::finish, ErrorCode.SNAPSHOT_DAMAGED, names.getFirst());
    nothingIsPublished();
  }

  private Map<String, byte[]> traces() {
    return store.list(".scale/").stream()
        .map(StoredObject::key)
        .filter(key -> key.endsWith(".trace"))
        .collect(Collectors.toMap(key -> key, key -> store.read(key).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "trace", "json"})
  void fileThatLostAByteIsRefused(String suffix) {
    run.planAndChunks();
    store.list(".scale/").stream()
        .map(StoredObject::key)
        .filter(key -> key.contains("chunk-1-") && key.endsWith(suffix))
        .forEach(
            key -> {
              byte[] whole = store.read(key).orElseThrow();
              store.put(key, Arrays.copyOf(whole, whole.length - 1));
            });
    fails(run::finish, ErrorCode.SNAPSHOT_DAMAGED);
    nothingIsPublished();
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit .*frames", "put .*chunk-1-.*json"})
  void itemOfAnEarlierPlanIsNotLoadedIntoTheNewOne(String change) throws SQLException {
    run.plan();
    store.before =
        what -> {
          if (what.matches(change)) {
            store.before = _ -> {};
            run.plan();
          }
        };
    assertThatThrownBy(() -> run.chunk(1)).isInstanceOf(DecantException.class);
    assertThat(store.list(".scale/abc123/chunk")).isEmpty();
    IntStream.range(0, items()).forEach(item -> assertThat(run.chunk(item).rows()).isPositive());
    publishesLikeOneProcess();
  }

  private int items() {
    byte[] list = store.read(".scale/abc123/items.json").orElseThrow();
    return new String(list, ISO_8859_1).split("item", -1).length - 1;
  }

  @Test
  void planOfAnotherKeyIsRefused() {
    run.plan();
    byte[] other = new byte[32];
    other[0] = 1;
    run.key = new MaskingKey(other);
    fails(() -> run.chunk(0), ErrorCode.SNAPSHOT_DAMAGED);
  }

  @Test
  void otherPolicyThanThatOfThePlanIsRefused() {
    run.planAndChunks();
    run.policy = ScaledRun.policy(POLICY.replace("email: email", "email: { mask: hash }"));
    fails(() -> run.chunk(0), ErrorCode.REFUSED, "are not those of the plan");
    fails(run::finish, ErrorCode.REFUSED, "are not those of the plan");
    nothingIsPublished();
  }

  @Test
  void problemOfThePolicyEndsThePlanAndLeavesNothing() throws SQLException {
    run.policy = ScaledRun.policy(POLICY.replace("keep: [id, note]", "keep: [id]"));
    fails(run::plan, ErrorCode.POLICY_INVALID, "note");
    nothingIsLeft();
  }

  @Test
  void rawValueInAnotherItemIsFound() throws SQLException {
    ScaledRunIT.execute(
        source, "UPDATE users SET note = 'mail to canary7@raw.example.org' WHERE id = 2999");
    run.planAndChunks();
    fails(run::finish, ErrorCode.LEAK_FOUND, "public.users.note");
    nothingIsPublished();
  }

  @Test
  void filesOfTheRunHaveNoRawValue() {
    run.planAndChunks();
    List<StoredObject> files = store.list(".scale/");
    assertThat(files).hasSizeGreaterThan(8);
    StringBuilder frames = new StringBuilder();
    for (StoredObject file : files) {
      byte[] bytes = store.read(file.key()).orElseThrow();
      assertThat(new String(bytes, ISO_8859_1)).doesNotContain("canary");
      if (file.key().endsWith(".frames")) {
        frames.append(Frames.text(bytes));
      }
    }
    assertThat(frames.toString()).contains("@").doesNotContain("canary");
  }

  @Test
  void rowsThatTheScratchServerLostAreNoticed() throws SQLException {
    run.planAndChunks();
    inScratch("DELETE FROM users WHERE id = 1");
    fails(run::finish, ErrorCode.ROWS_DIFFER, "public.users has 2999 rows");
    nothingIsPublished();
  }

  /** A crash empties unlogged tables. Those of logged partitions would keep their rows. */
  @Test
  void crashOfTheScratchServerIsNoticed() throws SQLException {
    run.plan();
    run.chunk(0);
    inScratch("TRUNCATE decant_scale_abc123.items");
    fails(() -> run.chunk(1), ErrorCode.SCRATCH_FAILED, "crashed");
    fails(run::finish, ErrorCode.SCRATCH_FAILED, "crashed");
    nothingIsPublished();
  }

  @Test
  void rowsAreNotTakenTwice() throws SQLException {
    run.policy =
        ScaledRun.policy(POLICY + "assertions:\n  - { name: no, sql: SELECT 1, equals: '2' }\n");
    run.planAndChunks();
    fails(run::finish, ErrorCode.ASSERTION_FAILED);
    assertThatThrownBy(run::finish).isInstanceOf(DecantException.class);
    nothingIsPublished();
    assertThat(run.forget()).isTrue();
    nothingIsLeft();
  }

  /** Autovacuum may do this at any time, and it changes no row. */
  @Test
  void vacuumedSourceIsTheSame() throws SQLException {
    int items = run.plan().items();
    ScaledRunIT.execute(source, "VACUUM (ANALYZE) users");
    IntStream.range(0, items).forEach(run::chunk);
    publishesLikeOneProcess();
  }

  @Test
  void sourceThatChangedIsRefused() throws SQLException {
    run.plan();
    ScaledRunIT.execute(source, "TRUNCATE users CASCADE");
    fails(() -> run.chunk(1), ErrorCode.SOURCE_CHANGED, "public.users");
  }

  @Test
  void otherRunOfTheDatabaseWaitsUntilThisOneIsForgotten() throws SQLException {
    run.plan();
    run.id = "other";
    fails(run::plan, ErrorCode.BUSY);
    run.id = ScaledRun.ID;
    assertThat(run.forget()).isTrue();
    assertThat(run.forget()).isFalse();
    nothingIsLeft();
    run.id = "other";
    run.planAndChunks();
    publishesLikeOneProcess();
  }

  @Test
  void newPlanTakesThePlaceOfTheOld() throws SQLException {
    run.plan();
    run.chunk(0);
    List<String> old = run.databases();
    run.planAndChunks();
    assertThat(run.databases()).hasSize(2).doesNotContainAnyElementsOf(old);
    publishesLikeOneProcess();
  }

  @Test
  void workThatIsPublishedIsNotDoneAgain() throws SQLException {
    run.planAndChunks();
    publishesLikeOneProcess();
    run.id = "again";
    assertThat(run.plan().items()).isZero();
    assertThat(store.read(".scale/again/items.json").map(String::new)).contains("[]\n");
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Duplicate.class);
    assertThat(store.list(".scale/")).isEmpty();
    assertThat(run.databases()).isEmpty();
  }

  @Test
  void filesOfAnAbandonedRunAreSweptAfterTwoDays() {
    run.plan();
    Instant now = Instant.now();
    assertThat(AbandonedRuns.find(store, now.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(AbandonedRuns.find(store, now.plus(Duration.ofDays(3)))).containsExactly("abc123");
    assertThat(Sweep.run(StoreLeftovers.of(store, now.plus(Duration.ofDays(3))), false).deleted())
        .anyMatch(entry -> entry.name().equals("abc123"));
    assertThat(store.list(".scale/")).isEmpty();
  }

  @Test
  void runWithoutAPlanIsRefused() {
    fails(() -> run.chunk(0), ErrorCode.USAGE, "no plan");
    fails(run::finish, ErrorCode.USAGE, "no plan");
    assertThat(run.forget()).isFalse();
  }

  @Test
  void superuserOfTheScratchServerRunsNoSqlOfTheDump() throws SQLException {
    run.scratch.asSuperuser("ALTER ROLE " + run.scratch.name() + " SUPERUSER");
    int items = run.plan().items();
    assertThat(owners()).hasSize(2).allMatch(owner -> owner.startsWith("decant_scratch_shared_"));
    IntStream.range(0, items).forEach(run::chunk);
    publishesLikeOneProcess();
    assertThat(owners()).isEmpty();
  }

  private List<String> owners() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = run.scratch.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE"
                    + " r.rolname LIKE 'decant_scratch_shared%'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void embeddedScratchServerIsRefused() {
    run.scratchUrl = Optional.of("embedded");
    fails(run::plan, ErrorCode.SETTING_INVALID, "serves one process");
  }
}
