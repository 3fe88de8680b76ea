package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.progress.Progress;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run leaves when it fails, when it ends, and when it is forgotten. */
@Needs(Component.PG_DUMP)
final class ScaledForgetIT {
  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { columns: { email: email }, keep: [id, note] }
      """;

  private static final String PLAN = ".scale/abc123/plan";

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private PlainDatabase source;
  private ScaledRun run;

  @BeforeEach
  void open() throws SQLException {
    source = ScaledRunIT.database(ScaledRun.USERS);
    run = new ScaledRun(source, POLICY, folder, store);
  }

  @AfterEach
  void close() throws SQLException {
    run.close();
    source.close();
  }

  private static ErrorCode codeOf(ThrowingCallable work) {
    return catchThrowableOfType(DecantException.class, work).code();
  }

  private void nothingIsLeft() throws SQLException {
    assertThat(store.list("")).isEmpty();
    assertThat(store.openUploads()).isZero();
    assertThat(run.databases()).isEmpty();
  }

  private void failAt(String change) {
    store.before =
        what -> {
          if (what.matches(change)) {
            throw new DecantException(ErrorCode.STORE_FAILED, "The test ends this process.");
          }
        };
  }

  /** Its databases and its claims are found without the plan. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 16, 100})
  void runWhosePlanIsDamagedIsForgotten(int length) throws SQLException {
    run.plan();
    run.chunk(0);
    store.put(PLAN, new byte[length]);
    assertThat(codeOf(() -> run.chunk(1))).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED);
    assertThat(codeOf(run::plan)).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED);
    assertThat(run.forget()).isTrue();
    nothingIsLeft();
  }

  @Test
  void planThatWasKilledBeforeItWroteItsFileIsForgotten() throws SQLException {
    run.plan();
    store.delete(PLAN);
    assertThat(run.forget()).isTrue();
    nothingIsLeft();
  }

  /** The databases are for the other processes already when the claims cannot be left to them. */
  @Test
  void planThatFailsAtItsEndLeavesNothing() throws SQLException {
    store.before =
        what -> {
          if (what.startsWith("replace .runs/") && isKeptForOthers()) {
            throw new DecantException(ErrorCode.STORE_FAILED, "The test ends this process.");
          }
        };
    assertThat(codeOf(run::plan)).isEqualTo(ErrorCode.STORE_FAILED);
    nothingIsLeft();
  }

  private static boolean isKeptForOthers() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("keep")));
  }

  @Test
  void itemThatFailsLeavesNoFile() {
    run.plan();
    failAt("put .*chunk-0-.*json");
    assertThat(codeOf(() -> run.chunk(0))).isEqualTo(ErrorCode.STORE_FAILED);
    assertThat(store.list(".scale/abc123/chunk")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit .*frames", "commit .*trace", "put .*chunk-0-.*json"})
  void itemOfARunThatIsForgottenMeanwhileLeavesNothing(String change) throws SQLException {
    run.plan();
    forgetAt(change);
    assertThat(catchThrowableOfType(DecantException.class, () -> run.chunk(0))).isNotNull();
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put .*taken", "commit .*sql.zst", "put .*report.html"})
  void finishOfARunThatIsForgottenMeanwhilePublishesNothing(String change) throws SQLException {
    run.planAndChunks();
    forgetAt(change);
    assertThat(catchThrowableOfType(DecantException.class, run::finish)).isNotNull();
    assertThat(run.isPublished()).isFalse();
    // The process that failed may have noted that it had taken the rows.
    var _ = run.forget();
    nothingIsLeft();
  }

  private void forgetAt(String change) {
    store.before =
        what -> {
          if (what.matches(change)) {
            store.before = _ -> {};
            assertThat(run.forget()).isTrue();
          }
        };
  }

  /** A killed process does not end its upload. */
  @Test
  void uploadOfAKilledFinishIsAborted() throws SQLException {
    run.planAndChunks();
    SnapshotStore.Upload killed = store.upload(ScaledRun.NAME.key(SnapshotName.DUMP));
    killed.write(new byte[1], 0, 1);
    assertThat(run.forget()).isTrue();
    nothingIsLeft();
  }

  @Test
  void publishedSnapshotIsASuccessEvenIfItsRunCannotBeRemoved() {
    run.planAndChunks();
    List<String> messages = new ArrayList<>();
    run.progress =
        new Progress() {
          @Override
          public void message(String text) {
            messages.add(text);
          }
        };
    failAt("delete .scale/.*");
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);
    assertThat(messages).anyMatch(text -> text.contains("decant scale forget --run abc123"));
    store.before = _ -> {};
    assertThat(run.forget()).isTrue();
    assertThat(store.list("").stream().map(StoredObject::key))
        .noneMatch(key -> key.startsWith(".scale/"));
    assertThat(run.isPublished()).isTrue();
  }

  /** The role of the run has a right that a superuser granted. */
  @Test
  void finishThatWasTooEarlyLeavesTheRightsOfTheRole() throws SQLException {
    run.policy = ScaledRun.policy(POLICY + "sql: [ SET session_replication_role = replica ]\n");
    run.scratch.asSuperuser("ALTER ROLE " + run.scratch.name() + " SUPERUSER");
    int items = run.plan().items();
    assertThat(codeOf(run::finish)).isEqualTo(ErrorCode.ROWS_DIFFER);
    IntStream.range(0, items).forEach(run::chunk);
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);
  }
}
