package dev.decant.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameSource;
import dev.decant.frame.StoredFrames;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.postgres.Database;
import dev.decant.progress.Progress;
import dev.decant.run.RunGuard;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Injects a failure at each step of the load of a pull and a refresh, with one, two and four
 * connections. No run hangs. {@code -Ddecant.runs=200} repeats each case 200 times.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class EndedLoadIT {
  private static final int RUNS = Integer.getInteger("decant.runs", 3);
  private static final int MOST_MILLIS = 20_000;
  private static final int TABLES = 8;

  private static PlainDatabase database;
  private static Manifest manifest;
  private static FrameSource frames;

  /** The reason why the load ends. */
  enum Fault {
    FRAME,
    FRAME_ERROR,
    FRAME_HANGS_UNTIL_DEADLINE,
    CONNECT,
    LOST_CONNECTION,
    ROWS,
    INDEX_WAITS_UNTIL_DEADLINE,
    CANCEL,
    INTERRUPT
  }

  @BeforeAll
  static void publish() throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    StringBuilder sql = new StringBuilder();
    StringBuilder tables = new StringBuilder();
    for (int i = 0; i < TABLES; i++) {
      sql.append("CREATE TABLE public.t%d (id integer, v text);\n".formatted(i));
      tables.append("public.t%d: { keep: [id, v] }\n".formatted(i));
    }
    for (int i = 0; i < TABLES; i++) {
      sql.append("\nCOPY public.t%d (id, v) FROM stdin;\n1\tx\n\\.\n\n".formatted(i));
    }
    for (int i = 0; i < TABLES; i++) {
      sql.append(
          "ALTER TABLE ONLY public.t%1$d ADD CONSTRAINT k%1$d PRIMARY KEY (id);\n".formatted(i));
    }
    DumpSnapshot.publish(store, sql.toString(), tables.toString(), false);
    manifest = new Snapshots(store).read(ShopSnapshot.NAME, null).manifest();
    frames = new StoredFrames(store, ShopSnapshot.NAME.key(SnapshotName.DUMP));
    database = PlainDatabase.on(PostgresVersion.V18);
  }

  @AfterAll
  static void drop() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyLoadEnds(Fault fault) throws Exception {
    Random moments = new Random(fault.name().hashCode());
    for (int i = 0; i < RUNS; i++) {
      int jobs = 1 << (i % 3);
      Attempt attempt = new Attempt(fault, jobs, 1 + moments.nextInt(TABLES));
      Throwable failure = ended(attempt);
      if (failure != null || !fault.equals(Fault.CANCEL)) {
        assertThat(failure)
            .as("%s with %d jobs", fault, jobs)
            .isInstanceOf(DecantException.class)
            .hasMessageNotContaining("secret");
      }
      empty();
    }
  }

  private static @Nullable Throwable ended(Attempt attempt) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread run =
        Thread.ofPlatform().daemon().start(() -> failure[0] = catchThrowable(attempt::run));
    run.join(MOST_MILLIS);
    assertThat(run.isAlive())
        .as("%s, jobs %d, hangs at %s", attempt.fault, attempt.jobs, List.of(run.getStackTrace()))
        .isFalse();
    return failure[0];
  }

  private static void empty() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < TABLES; i++) {
        statement.execute("DROP TABLE IF EXISTS public.t" + i);
      }
    }
  }

  /** One load and its failure. */
  private static final class Attempt implements FrameSource, Database {
    private final Fault fault;
    private final int jobs;
    private final int at;
    private final RunGuard guard;
    private final AtomicInteger frame = new AtomicInteger();
    private final AtomicInteger connection = new AtomicInteger();
    private final SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    private volatile @Nullable Thread run;

    Attempt(Fault fault, int jobs, int at) {
      this.fault = fault;
      this.jobs = jobs;
      this.at = at;
      Instant deadline = fault.name().endsWith("DEADLINE") ? Instant.now().plusMillis(700) : null;
      this.guard = new RunGuard(deadline, "nothing is left", "");
    }

    void run() {
      run = Thread.currentThread();
      try (guard;
          Blocker blocker = new Blocker()) {
        if (fault == Fault.INDEX_WAITS_UNTIL_DEADLINE) {
          // A statement that needs an exclusive lock on the table waits for the blocker.
          blocker.whenThere("public.t" + (at - 1));
        }
        SnapshotLoad.run(
            new LoadRequest(
                new LoadRequest.Content(manifest, this, schema),
                this,
                null,
                new LoadRequest.RowChoice(table -> true, Map.of()),
                jobs,
                Progress.NONE,
                guard::check,
                new Unverified()));
      }
    }

    @Override
    public String location() {
      return frames.location();
    }

    @Override
    public byte[] read(Frame wanted) {
      if (wanted.kind() != Frame.Kind.ROWS || frame.incrementAndGet() != at) {
        return frames.read(wanted);
      }
      switch (fault) {
        case FRAME -> throw new DecantException(ErrorCode.STORE_FAILED, "no frame");
        case FRAME_ERROR -> throw new IllegalStateException("secret");
        case FRAME_HANGS_UNTIL_DEADLINE -> hang();
        case CANCEL -> guard.end(new DecantException(ErrorCode.CANCELLED, "Ctrl-C"));
        case INTERRUPT -> interrupt();
        case ROWS -> {
          return new byte[0];
        }
        default -> {}
      }
      return frames.read(wanted);
    }

    private void interrupt() {
      Thread waiting = run;
      if (waiting != null) {
        waiting.interrupt();
      }
    }

    private static void hang() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public String name() {
      return database.name();
    }

    @Override
    public Connection connect() {
      // The first connections read settings and create the schema.
      int number = connection.incrementAndGet();
      if (fault == Fault.CONNECT && number == 5) {
        throw new DecantException(ErrorCode.DATABASE_UNAVAILABLE, "no connection");
      }
      try {
        Connection made = database.connect();
        if (fault == Fault.LOST_CONNECTION && number >= 4) {
          made.abort(Runnable::run);
        }
        return made;
      } catch (SQLException e) {
        throw new IllegalStateException("secret", e);
      }
    }
  }

  /** Another session that holds an exclusive lock on a table. */
  private static final class Blocker implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Locks the table as soon as it exists, until this is closed. */
    void whenThere(String table) {
      threads.add(Thread.ofPlatform().daemon().start(() -> lock(table)));
    }

    private void lock(String table) {
      for (int i = 0; i < 1000 && over.getCount() > 0; i++) {
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          connection.setAutoCommit(false);
          statement.execute("LOCK TABLE " + table + " IN SHARE MODE");
          over.await();
          return;
        } catch (SQLException e) {
          // It does not exist yet.
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    @Override
    public void close() {
      over.countDown();
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
