package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands at the wrong time, sources that are not static, and tables with unusual shapes. */
@Needs(Component.PG_DUMP)
final class ScaledAttacksIT {
  private static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, note text);
      INSERT INTO users SELECT i, repeat('n', 900) || i FROM generate_series(1, 3000) i;
      CREATE TABLE orders (id bigint, user_id bigint);
      INSERT INTO orders SELECT i, 1 + i % 3000 FROM generate_series(1, 100) i;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { keep: [id, note] }
        public.orders: { keep: [id, user_id] }
      """;

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  private interface Attack {
    void on(PlainDatabase source, ScaledRun run) throws Exception;
  }

  private void attack(String schema, String policy, Attack attack) throws Exception {
    try (PlainDatabase source = ScaledRunIT.database(schema);
        ScaledRun run = new ScaledRun(source, policy, folder, store)) {
      attack.on(source, run);
    }
  }

  private static void publishesLikeOneProcess(ScaledRun run) {
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);
    assertThat(ScaledRun.text(run.store)).isEqualTo(ScaledRun.text(run.alone()));
  }

  private void nothingIsPublished() {
    assertThat(store.stat(ScaledRun.NAME.key(SnapshotName.MANIFEST))).isEmpty();
  }

  /** None of these statements changes the number of pages of the table. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE orders SET user_id = 7 WHERE id = 3",
        "DELETE FROM orders WHERE id = 3",
        "INSERT INTO orders VALUES (101, 1)",
        "VACUUM FULL orders",
        "TRUNCATE orders; INSERT INTO orders SELECT i, 1 FROM generate_series(1, 100) i",
      })
  void sourceWhoseRowsChangedIsRefused(String change) throws Exception {
    attack(
        SCHEMA,
        POLICY,
        (source, run) -> {
          int items = run.plan().items();
          ScaledRunIT.execute(source, change);
          assertThatThrownBy(() -> IntStream.range(0, items).forEach(run::chunk))
              .isInstanceOfSatisfying(
                  DecantException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CHANGED))
              .hasMessageContaining("public.orders");
        });
  }

  @Test
  void tablesOfUnusualShapesAreThoseOfOneProcess() throws Exception {
    String columns =
        IntStream.range(0, 100).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
    String keep = IntStream.range(0, 100).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    String schema =
        """
        CREATE TABLE wide (%s);
        INSERT INTO wide (c0, c99) SELECT i, i FROM generate_series(1, 20000) i;
        CREATE TABLE "we""ird
        ta (ble" ("Select" int, "a) FROM stdin;" text, "(x" text, " y" text);
        INSERT INTO "we""ird
        ta (ble" SELECT i, repeat('q', 500), '\\N', E'\\\\.' FROM generate_series(1, 6000) i;
        CREATE TABLE parent (id int, kind text);
        CREATE TABLE child (more text) INHERITS (parent);
        INSERT INTO parent SELECT i, 'p' FROM generate_series(1, 30000) i;
        INSERT INTO child SELECT i, 'c', repeat('m', 200) FROM generate_series(1, 9000) i;
        CREATE TABLE made (id int, twice int GENERATED ALWAYS AS (id * 2) STORED, v text);
        INSERT INTO made (id, v) SELECT i, repeat('v', 300) FROM generate_series(1, 9000) i;
        CREATE TABLE toasted (id int, big text);
        ALTER TABLE toasted ALTER big SET STORAGE EXTERNAL;
        INSERT INTO toasted SELECT i, repeat(md5(i::text), 400) FROM generate_series(1, 300) i;
        CREATE TABLE dead (id int, v text) WITH (autovacuum_enabled = off);
        INSERT INTO dead SELECT i, repeat('d', 300) FROM generate_series(1, 30000) i;
        DELETE FROM dead WHERE id %% 1000 <> 0 OR id < 20000;
        CREATE TABLE gone (id int) WITH (autovacuum_enabled = off);
        INSERT INTO gone SELECT i FROM generate_series(1, 60000) i;
        DELETE FROM gone;
        CREATE TABLE empty (id int);
        """
            .formatted(columns);
    String policy =
        """
        version: 1
        tables:
          public.wide: { keep: [%s] }
          "public.\\"we\\"\\"ird\\nta (ble\\"": { keep: ["Select", "a) FROM stdin;", "(x", " y"] }
          public.parent: { keep: [id, kind] }
          public.child: { keep: [id, kind, more] }
          public.made: { keep: [id, v] }
          public.toasted: { keep: [id, big] }
          public.dead: { keep: [id, v] }
          public.gone: { keep: [id] }
          public.empty: { keep: [id] }
        """
            .formatted(keep);
    attack(
        schema,
        policy,
        (source, run) -> {
          run.planAndChunks();
          publishesLikeOneProcess(run);
        });
  }

  @Test
  void commandsAfterAFailedFinishNameTheWayOut() throws Exception {
    attack(
        SCHEMA,
        POLICY + "assertions:\n  - { name: no, sql: SELECT 1, equals: '2' }\n",
        (source, run) -> {
          run.planAndChunks();
          assertThatThrownBy(run::finish).isInstanceOf(DecantException.class);
          for (Runnable again : List.<Runnable>of(run::finish, () -> run.chunk(0))) {
            assertThatThrownBy(again::run)
                .isInstanceOfSatisfying(
                    DecantException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.ROWS_DIFFER))
                .hasMessageContaining("decant scale forget");
          }
          nothingIsPublished();
        });
  }

  /** The second plan starts when the first has its turn, or has written its first file. */
  @ParameterizedTest
  @ValueSource(strings = {"putIfAbsent \\.runs/[0-9a-f]{64}\\.json", "put \\.scale/abc123/dump"})
  void secondPlanFindsThatTheFirstIsAtWork(String moment) throws Exception {
    attack(
        SCHEMA,
        POLICY,
        (source, run) -> {
          List<Throwable> second = new ArrayList<>();
          store.before =
              change -> {
                if (change.matches(moment)) {
                  store.before = _ -> {};
                  second.add(catchThrowable(run::plan));
                }
              };
          int items = run.plan().items();
          assertThat(second.getFirst()).hasMessageContaining("Another run of shop/production");
          IntStream.range(0, items).forEach(run::chunk);
          publishesLikeOneProcess(run);
        });
  }

  @Test
  void oneOfManyPlansAtTheSameTimeWins() throws Exception {
    attack(
        SCHEMA,
        POLICY,
        (source, run) -> {
          for (int round = 0; round < 5; round++) {
            List<Object> ends = atOnce(4, run::plan);
            assertThat(ends).anyMatch(Planning.Planned.class::isInstance);
            assertThat(ends)
                .filteredOn(Throwable.class::isInstance)
                .allSatisfy(
                    end -> assertThat(((DecantException) end).code()).isEqualTo(ErrorCode.BUSY));
          }
          run.planAndChunks();
          publishesLikeOneProcess(run);
        });
  }

  @Test
  void oneOfManyFinishesAtTheSameTimePublishes() throws Exception {
    attack(
        SCHEMA,
        POLICY,
        (source, run) -> {
          run.patience = Duration.ofMinutes(5);
          for (int round = 0; round < 3; round++) {
            store.list("").forEach(file -> store.delete(file.key()));
            run.planAndChunks();
            List<Object> ends = atOnce(3, run::finish);
            assertThat(ends).filteredOn(SanitizeResult.Published.class::isInstance).hasSize(1);
            assertThat(ends)
                .filteredOn(Throwable.class::isInstance)
                .allSatisfy(
                    end ->
                        assertThat((Throwable) end)
                            .hasMessageContaining("has taken the rows of the run"));
          }
          assertThat(ScaledRun.text(run.store)).isEqualTo(ScaledRun.text(run.alone()));
        });
  }

  /** The results and errors of several threads that call the same at the same time. */
  private static List<Object> atOnce(int threads, Callable<?> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Callable<Object> each =
          () -> {
            start.await();
            try {
              return work.call();
            } catch (DecantException e) {
              return e;
            }
          };
      List<Object> ends = new ArrayList<>();
      for (Future<Object> end : pool.invokeAll(Collections.nCopies(threads, each))) {
        ends.add(end.get());
      }
      return ends;
    }
  }

  @Test
  void secondFinishLeavesTheFirstAlone() throws Exception {
    attack(
        SCHEMA,
        POLICY,
        (source, run) -> {
          run.planAndChunks();
          List<Throwable> second = new ArrayList<>();
          store.before =
              change -> {
                if (change.contains(ScaledRun.NAME.key(SnapshotName.DUMP))) {
                  store.before = _ -> {};
                  second.add(catchThrowable(run::finish));
                }
              };
          publishesLikeOneProcess(run);
          assertThat(second.getFirst()).hasMessageContaining("has taken the rows of the run");
        });
  }
}
