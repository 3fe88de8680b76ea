package dev.decant.sanitize.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCompressor;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.MaskingPlan;
import dev.decant.mask.TableRule;
import dev.decant.progress.Progress;
import dev.decant.progress.ReadProgress;
import dev.decant.progress.StageTimings;
import dev.decant.run.RunGuard;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Injects a failure at each step of the pipeline, at different moments and with one, two and four
 * workers. No run hangs. {@code -Ddecant.runs=200} repeats each case 200 times.
 */
@Timeout(value = 5, unit = java.util.concurrent.TimeUnit.MINUTES)
final class RowPipelineIT {
  private static final int RUNS = Integer.getInteger("decant.runs", 12);
  private static final int MOST_MILLIS = 15_000;
  private static final int BLOCKS = 12;
  private static final TableName NAME = new TableName("public", "t");
  private static final Table TABLE =
      new Table(
          NAME,
          List.of(
              new Column("id", ColumnType.of("integer", TypeCategory.INTEGER), false, false, false),
              new Column("v", ColumnType.of("text", TypeCategory.TEXT), false, false, false)),
          false,
          List.of(),
          null,
          List.of(),
          null);
  private static final TableRule RULE =
      new TableRule(
          false, Map.of("id", ColumnRule.keep(), "v", ColumnRule.of(MaskSpec.of("test"))), null);

  private static ScratchDatabase database;

  @TempDir Path work;

  /** The place of the failure. */
  enum Fault {
    READER,
    READER_ERROR,
    CONNECT,
    MASK,
    MASK_ERROR,
    NO_MEMORY,
    COPY,
    LOST_CONNECTION,
    SPOOL,
    FRAME_LIST,
    INTERRUPT,
    DEADLINE,
    CANCEL
  }

  /** One run and its failure. */
  private final class Attempt {
    private final Fault fault;
    private final int jobs;
    private final int at;
    private final AtomicInteger count = new AtomicInteger();
    private final FrameList frames = new FrameList();
    private final FrameSpool spool = new FrameSpool(work);
    private final Thread reader = Thread.currentThread();
    private final RunGuard guard;

    Attempt(Fault fault, int jobs, int at) {
      this.fault = fault;
      this.jobs = jobs;
      this.at = at;
      Instant deadline = fault == Fault.DEADLINE ? Instant.now().plusMillis(at) : null;
      this.guard = new RunGuard(deadline, "nothing is published", "");
    }

    private boolean strikes(Fault where) {
      return fault == where && count.incrementAndGet() == at;
    }

    void run() {
      if (fault == Fault.FRAME_LIST) {
        try (FrameCompressor compressor = new FrameCompressor()) {
          frames.add(
              at,
              1,
              spool.append(Frame.Kind.DDL, null, 0, compressor.compress(new byte[] {'\n'}, 0, 1)));
        }
      }
      try (guard;
          spool;
          DumpReader dump = new DumpReader(text());
          RowPipeline pipeline =
              new RowPipeline(
                  jobs,
                  RowTarget.of(new Failing(this)),
                  spool,
                  frames,
                  (table, columns) -> (spec, column) -> mask(),
                  guard,
                  new ReadProgress(Progress.NONE, () -> 0),
                  new StageTimings())) {
        long part = 0;
        for (DumpPart next = dump.next(); !(next instanceof DumpPart.End); next = dump.next()) {
          if (next instanceof DumpPart.CopyStart copy) {
            part++;
            MaskingPlan plan =
                MaskingPlan.of(TABLE, Objects.requireNonNull(copy.columns()), RULE, List.of());
            fromOutside((int) part);
            pipeline.load(dump, new CopyBlock(copy, copy.table(), plan, false, part, e -> ""));
          }
        }
        pipeline.finish();
      }
    }

    private void fromOutside(int part) {
      if (part != at) {
        return;
      }
      switch (fault) {
        case INTERRUPT -> reader.interrupt();
        case SPOOL -> spool.close();
        case CANCEL ->
            Thread.ofVirtual()
                .start(() -> guard.end(new DecantException(ErrorCode.CANCELLED, "Ctrl-C")));
        default -> {}
      }
    }

    private Mask mask() {
      return (value, from, to, row, out) -> {
        if (strikes(Fault.MASK)) {
          throw new DecantException(ErrorCode.ROW_INVALID, "no mask");
        } else if (strikes(Fault.MASK_ERROR)) {
          throw new IllegalStateException("secret");
        } else if (strikes(Fault.NO_MEMORY)) {
          throw new OutOfMemoryError("secret");
        }
        out.append(value, from, to);
        return true;
      };
    }

    private InputStream text() {
      StringBuilder text = new StringBuilder("-- Dumped from database version 17.0\n\n");
      for (int i = 1; i <= BLOCKS; i++) {
        String value = fault == Fault.COPY && i == at ? "x" : String.valueOf(i);
        text.append("COPY public.t (id, v) FROM stdin;\n").append(value).append("\tv\n\\.\n\n");
      }
      text.append("--\n-- PostgreSQL database dump complete\n--\n\n");
      byte[] bytes = text.toString().getBytes(UTF_8);
      int most = bytes.length / BLOCKS;
      return new ByteArrayInputStream(bytes) {
        @Override
        public synchronized int read(byte[] to, int from, int length) {
          if (strikes(Fault.READER)) {
            throw new DecantException(ErrorCode.SOURCE_UNREADABLE, "the disk is broken");
          } else if (strikes(Fault.READER_ERROR)) {
            throw new StackOverflowError();
          }
          return super.read(to, from, Math.min(most, length));
        }
      };
    }
  }

  /** The database of all runs, for a run that cannot reach it or loses its connection. */
  private record Failing(Attempt attempt) implements ScratchDatabase {
    @Override
    public String name() {
      return database.name();
    }

    @Override
    public Connection connect() {
      if (attempt.fault == Fault.CONNECT
          && attempt.count.incrementAndGet() == 1 + attempt.at % attempt.jobs) {
        throw new DecantException(ErrorCode.DATABASE_UNAVAILABLE, "no connection");
      }
      Connection connection = database.connect();
      if (attempt.fault == Fault.LOST_CONNECTION) {
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(attempt.at);
                    connection.abort(Runnable::run);
                  } catch (InterruptedException | SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
      }
      return connection;
    }

    @Override
    public void close() {}
  }

  @BeforeAll
  static void table() throws SQLException {
    database = PostgresVersion.V18.server().create("pipeline");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE UNLOGGED TABLE public.t (id integer, v text)");
    }
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void noFailureHangsTheRun(Fault fault) throws InterruptedException {
    Random moments = new Random(fault.name().hashCode());
    for (int i = 0; i < RUNS; i++) {
      int jobs = 1 << (i % 3);
      int at = 1 + moments.nextInt(BLOCKS);
      Throwable failure = ended(fault, jobs, at);
      if (fault == Fault.READER_ERROR) {
        assertThat(failure).isInstanceOf(StackOverflowError.class);
      } else if (failure != null || always(fault)) {
        assertThat(failure)
            .as("%s at %d with %d jobs", fault, at, jobs)
            .isInstanceOf(DecantException.class)
            .hasMessageNotContaining("secret");
      }
    }
  }

  /** A failure from outside may come after the run has ended. */
  private static boolean always(Fault fault) {
    return switch (fault) {
      case DEADLINE, CANCEL, LOST_CONNECTION, SPOOL -> false;
      default -> true;
    };
  }

  private @Nullable Throwable ended(Fault fault, int jobs, int at) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread run =
        Thread.ofPlatform()
            .daemon()
            .start(() -> failure[0] = catchThrowable(() -> new Attempt(fault, jobs, at).run()));
    run.join(MOST_MILLIS);
    assertThat(run.isAlive())
        .as("%s at %d with %d jobs hangs at %s", fault, at, jobs, List.of(run.getStackTrace()))
        .isFalse();
    return failure[0];
  }
}
