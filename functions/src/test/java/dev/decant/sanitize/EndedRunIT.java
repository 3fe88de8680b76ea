package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.FailingStore;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Complete runs that fail at one of the steps after the rows, or are ended from outside. Each run
 * ends, publishes nothing, and leaves nothing behind. {@code -Ddecant.runs=200} repeats each case
 * 200 times.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class EndedRunIT {
  private static final int RUNS = Integer.getInteger("decant.runs", 2);
  private static final int MOST_MILLIS = 30_000;
  private static final int MOMENTS_MILLIS = 400;

  private static final String DUMP =
      """
      -- Dumped from database version 18.0

      SET client_encoding = 'UTF8';

      CREATE TABLE public.a (id integer NOT NULL, v text);
      CREATE TABLE public.b (id integer NOT NULL, a integer, CHECK (id < MOST));

      COPY public.a (id, v) FROM stdin;
      1\tone
      2\ttwo
      \\.

      COPY public.b (id, a) FROM stdin;
      1\t1
      2\tPARENT
      \\.

      ALTER TABLE ONLY public.a ADD CONSTRAINT a_key PRIMARY KEY (id);
      ALTER TABLE ONLY public.b ADD CONSTRAINT b_key PRIMARY KEY (id);
      ALTER TABLE ONLY public.b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES public.a(id);

      --
      -- PostgreSQL database dump complete
      --

      """;

  private static PlainDatabase server;

  @TempDir static Path folder;

  @TempDir Path work;

  /** The reason why the run ends. */
  enum End {
    CHECK(ErrorCode.CONSTRAINT_VIOLATED),
    FOREIGN_KEY(ErrorCode.CONSTRAINT_VIOLATED),
    SQL_STEP(ErrorCode.SQL_STEP_FAILED),
    ASSERTION(ErrorCode.ASSERTION_FAILED),
    UPLOAD(ErrorCode.STORE_FAILED),
    UPLOAD_COMMIT(ErrorCode.STORE_FAILED),
    REPORT(ErrorCode.STORE_FAILED),
    MANIFEST(ErrorCode.STORE_FAILED),
    DEADLINE(ErrorCode.DEADLINE_NEAR),
    DEADLINE_IN_SQL_STEP(ErrorCode.DEADLINE_NEAR);

    private final ErrorCode code;

    End(ErrorCode code) {
      this.code = code;
    }

    private String dump() {
      return DUMP.replace("MOST", this == CHECK ? "2" : "100")
          .replace("PARENT", this == FOREIGN_KEY ? "3" : "2");
    }

    private String policy() {
      return "version: 1\n"
          + switch (this) {
            case SQL_STEP -> "sql:\n  - select 1 / 0\n";
            case DEADLINE_IN_SQL_STEP -> "sql:\n  - select pg_sleep(60)\n";
            case ASSERTION -> "assertions:\n  - { name: n, sql: select false, equals: t }\n";
            default -> "";
          }
          + """
          tables:
            public.a: { keep: [id, v] }
            public.b: { keep: [id, a] }
          """;
    }

    private @Nullable Instant deadline(int moment) {
      return switch (this) {
        case DEADLINE -> Instant.now().plusMillis(moment);
        case DEADLINE_IN_SQL_STEP -> Instant.now().plusMillis(1200);
        default -> null;
      };
    }

    private String failing() {
      return switch (this) {
        case UPLOAD -> "write " + SnapshotName.DUMP;
        case UPLOAD_COMMIT -> "commit " + SnapshotName.DUMP;
        case REPORT -> "put " + SnapshotName.REPORT;
        case MANIFEST -> "putIfAbsent " + SnapshotName.MANIFEST;
        default -> "";
      };
    }
  }

  @BeforeAll
  static void startServer() throws SQLException {
    server = PlainDatabase.on(PostgresVersion.V18);
    server.asSuperuser("ALTER ROLE " + server.name() + " CREATEDB");
  }

  @AfterAll
  static void stopServer() throws SQLException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void everyRunEndsAndLeavesNothing(End end) throws Exception {
    Path dump = Files.writeString(folder.resolve(end + ".sql"), end.dump());
    Random moments = new Random(end.name().hashCode());
    for (int i = 0; i < RUNS; i++) {
      MemorySnapshotStore store = new MemorySnapshotStore();
      int moment = moments.nextInt(MOMENTS_MILLIS);
      int jobs = 1 << (i % 3);
      Throwable failure = ended(() -> run(end, dump, store, moment, jobs), end + ", jobs " + jobs);
      if (failure != null) {
        assertThat(failure)
            .isInstanceOfSatisfying(
                DecantException.class, e -> assertThat(e.code()).isEqualTo(end.code));
        assertThat(store.list("")).as("%s", end).isEmpty();
      } else {
        assertThat(end).isEqualTo(End.DEADLINE);
      }
      assertThat(store.openUploads()).isZero();
      assertNothingIsLeft();
    }
  }

  private void run(End end, Path dump, MemorySnapshotStore store, int moment, int jobs) {
    try (Source source = Sources.open(dump.toString())) {
      Policy policy =
          new PolicyParser(MaskCatalog.standard())
              .parse("policy.yaml", end.policy().getBytes(UTF_8), PolicyFiles.none(), Map.of());
      Sanitization.run(
          Shop.builder(source, policy, new FailingStore(store, end.failing()), work)
              .jobs(jobs)
              .scratch(server.url())
              .deadline(end.deadline(moment))
              .build());
    }
  }

  private static @Nullable Throwable ended(Runnable run, String what) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread thread = Thread.ofPlatform().daemon().start(() -> failure[0] = catchThrowable(run::run));
    thread.join(MOST_MILLIS);
    assertThat(thread.isAlive())
        .as("%s hangs at %s", what, List.of(thread.getStackTrace()))
        .isFalse();
    return failure[0];
  }

  private void assertNothingIsLeft() throws IOException, SQLException {
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_database JOIN pg_roles r ON r.oid = datdba"
                    + " WHERE rolname = current_user AND datname LIKE 'decant%'")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }
}
