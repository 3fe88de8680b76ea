package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameReader;
import dev.decant.frame.TestSnapshot;
import dev.decant.manifest.Publication.Published;
import dev.decant.progress.Progress;
import dev.decant.setting.KeyPairs;
import dev.decant.store.StoredObject;
import dev.decant.testing.MemorySnapshotStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicationIT {
  private static final SnapshotName NAME = Examples.NAME;
  private static final String DUMP = NAME.key(SnapshotName.DUMP);
  private static final String MD5 = NAME.key(SnapshotName.MD5);
  private static final String REPORT = NAME.key(SnapshotName.REPORT);
  private static final String MANIFEST = NAME.key(SnapshotName.MANIFEST);
  private static final ManifestDraft OTHER_POLICY =
      Examples.draft(NAME, Examples.TAKEN, "f".repeat(64));

  @TempDir Path folder;

  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final List<String> messages = new ArrayList<>();
  private final SigningKey key = KeyPairs.generateSigningKey();

  @Test
  void manifestComesLastAndTheCatalogAfterIt() {
    Published published = publish(Examples.draft(), "a");

    assertThat(published.duplicate()).isFalse();
    assertThat(store.changes)
        .containsExactly(
            "commit " + DUMP,
            "put " + MD5,
            "put " + REPORT,
            "putIfAbsent " + MANIFEST,
            "put catalog.html");
  }

  @Test
  void noReaderSeesAnythingBeforeTheManifest() {
    List<Integer> seen = new ArrayList<>();
    store.before = _ -> seen.add(new Snapshots(store).list(null, null).snapshots().size());
    publish(Examples.draft(), "a");

    assertThat(seen).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void manifestTellsTheDumpAndIsSigned() {
    Published published = publish(Examples.draft(), "a");
    PublishedManifest read = new Snapshots(store).read(NAME, key.publicKey());
    byte[] dump = bytes(DUMP);

    assertThat(read.manifest()).isEqualTo(published.manifest());
    assertThat(read.verification()).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(read.manifest().dump().size()).isEqualTo(dump.length);
    assertThat(read.manifest().rowsIn()).isEqualTo(340);
    assertThat(read.manifest().rowsOut()).isEqualTo(290);
    assertThat(read.manifest().frames())
        .extracting(Frame::kind)
        .containsExactly(
            Frame.Kind.DDL,
            Frame.Kind.COPY,
            Frame.Kind.ROWS,
            Frame.Kind.ROWS,
            Frame.Kind.ROWS,
            Frame.Kind.END,
            Frame.Kind.DDL);
    assertThat(new String(bytes(MD5), UTF_8))
        .isEqualTo(read.manifest().dump().md5() + "  pgsql_app_db_20260323-060000.sql.zst\n");
  }

  @Test
  void sameWorkAgainTouchesNothing() {
    Published first = publish(Examples.draft(), "a");
    store.changes.clear();
    Published second = publish(Examples.draft(), "a");

    assertThat(second).isEqualTo(new Published(first.manifest(), true));
    assertThat(store.changes).isEmpty();
  }

  @Test
  void otherWorkUnderTheNameIsRefusedBeforeAnythingIsTouched() {
    publish(Examples.draft(), "a");
    store.changes.clear();

    assertExists(() -> publish(OTHER_POLICY, "b"));
    assertThat(store.changes).isEmpty();
    assertWhole();
  }

  @Test
  void otherWorkPublishedWhileTheDumpWasUploadedIsNotHarmed() {
    // Only the read right before the commit can still notice it.
    Progress other =
        new Progress() {
          @Override
          public void stage(String name, long total, String unit) {
            publish(Examples.draft(), "a");
          }
        };

    assertExists(() -> publish(OTHER_POLICY, "b", other));
    assertWhole();
  }

  @Test
  void sameWorkPublishedWhileTheDumpWasUploadedIsADuplicate() {
    Progress other =
        new Progress() {
          @Override
          public void stage(String name, long total, String unit) {
            publish(Examples.draft(), "a");
          }
        };

    assertThat(publish(Examples.draft(), "a", other).duplicate()).isTrue();
    assertWhole();
  }

  @Test
  void otherWorkPublishedAfterOurDumpKeepsItsFiles() {
    once("put " + REPORT, () -> publish(Examples.draft(), "a"));

    assertExists(() -> publish(OTHER_POLICY, "b"));
    assertThat(new Snapshots(store).list(null, null).snapshots()).hasSize(1);
    assertWhole();
  }

  @Test
  void dumpThatAnotherRunReplacedIsNotPublished() {
    once("putIfAbsent " + MANIFEST, () -> store.put(DUMP, new byte[] {1}));

    assertExists(() -> publish(Examples.draft(), "a"));
    assertNothingLeft();
  }

  @Test
  void failureAtAnyStepLeavesNothing() {
    for (String step :
        List.of("commit " + DUMP, "put " + MD5, "put " + REPORT, "putIfAbsent " + MANIFEST)) {
      store.before = failing(step);

      assertThatExceptionOfType(DecantException.class)
          .as(step)
          .isThrownBy(() -> publish(Examples.draft(), "a"))
          .withMessage("told to fail");
      store.before = _ -> {};
      assertNothingLeft();
    }
    assertThat(publish(Examples.draft(), "a").duplicate()).isFalse();
  }

  @Test
  void manifestWhoseAnswerWasLostIsPublished() {
    store.after = failing("putIfAbsent " + MANIFEST);

    assertThat(publish(Examples.draft(), "a").duplicate()).isFalse();
    assertWhole();
  }

  @Test
  void storeThatFailsWhileLeftoversAreRemovedTellsTheFirstFailure() {
    store.before =
        what -> {
          if (what.startsWith("delete") || what.equals("put " + REPORT)) {
            throw new DecantException(ErrorCode.STORE_FAILED, what);
          }
        };

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> publish(Examples.draft(), "a"))
        .withMessage("put " + REPORT)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void catalogThatCannotBeWrittenIsAWarning() {
    store.before = failing("put catalog.html");
    Published published = publish(Examples.draft(), "a");

    assertThat(published.duplicate()).isFalse();
    assertThat(messages)
        .singleElement()
        .asString()
        .startsWith("Warning: memory/catalog.html was not updated.");
    assertWhole();
  }

  @Test
  void leftoversOfADeadRunAreOverwritten() {
    store.put(DUMP, new byte[] {1});
    store.put(REPORT, new byte[] {1});
    publish(Examples.draft(), "a");

    assertWhole();
  }

  @Test
  void sameWorkGivesTheSameDump() {
    publish(Examples.draft(), "a");
    byte[] first = bytes(DUMP);
    store.delete(MANIFEST);
    publish(Examples.draft(), "a");

    assertThat(bytes(DUMP)).isEqualTo(first);
  }

  private Published publish(ManifestDraft draft, String rows) {
    return publish(draft, rows, new Messages());
  }

  private Published publish(ManifestDraft draft, String rows, Progress progress) {
    try (TestSnapshot snapshot = new TestSnapshot(folder, rows)) {
      return new Publication(
              store, key, InstantSource.fixed(Instant.parse("2026-03-23T06:12:00Z")), progress)
          .publish(draft, snapshot.frames, snapshot.spool);
    }
  }

  private final class Messages implements Progress {
    @Override
    public void message(String text) {
      messages.add(text);
    }
  }

  private void once(String step, Runnable act) {
    store.before =
        what -> {
          if (what.equals(step)) {
            store.before = _ -> {};
            act.run();
          }
        };
  }

  private static Consumer<String> failing(String step) {
    return what -> {
      if (what.equals(step)) {
        throw new DecantException(ErrorCode.STORE_FAILED, "told to fail");
      }
    };
  }

  private static void assertExists(Runnable act) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(act::run)
        .withMessageContaining(NAME.toString())
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_EXISTS));
  }

  private void assertNothingLeft() {
    assertThat(store.list("")).extracting(StoredObject::key).isEmpty();
  }

  /** Checks that the published files match the manifest. */
  private void assertWhole() {
    Manifest manifest = new Snapshots(store).read(NAME, key.publicKey()).manifest();
    try (FrameReader reader = new FrameReader(store, DUMP)) {
      manifest.frames().forEach(reader::read);
    }
    assertThat(bytes(DUMP)).hasSize((int) manifest.dump().size());
  }

  private byte[] bytes(String key) {
    return store.read(key).orElseThrow();
  }
}
