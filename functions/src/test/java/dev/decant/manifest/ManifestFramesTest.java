package dev.decant.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A manifest that lacks frames must not pass for a smaller snapshot. */
final class ManifestFramesTest {
  private static void assertDamaged(Consumer<List<Frame>> change) {
    Manifest whole = Examples.manifest();
    List<Frame> frames = new ArrayList<>(whole.frames());
    change.accept(frames);
    assertDamaged(with(whole, whole.tables(), frames));
  }

  private static void assertDamaged(Manifest manifest) {
    assertThatThrownBy(() -> ManifestFrames.requireWhole(manifest, "m.manifest.json"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED))
        .hasMessageContaining("m.manifest.json");
  }

  private static Manifest with(Manifest m, List<Manifest.Table> tables, List<Frame> frames) {
    return new Manifest(
        m.version(),
        m.service(),
        m.environment(),
        m.name(),
        m.decant(),
        m.source(),
        m.policy(),
        m.key(),
        m.run(),
        m.verdict(),
        m.dump(),
        m.rowsIn(),
        m.rowsOut(),
        tables,
        m.absentTables(),
        m.sql(),
        m.assertions(),
        m.anchors(),
        m.leakTrace(),
        m.reidentification(),
        m.extensions(),
        m.notVerified(),
        m.ddl(),
        m.report(),
        frames,
        m.signature());
  }

  private static Frame rows(Frame frame, long rows) {
    return new Frame(
        frame.kind(),
        frame.table(),
        rows,
        frame.offset(),
        frame.length(),
        frame.textLength(),
        frame.sha256());
  }

  @Test
  void theWholeOnePasses() {
    ManifestFrames.requireWhole(Examples.manifest(), "m");
  }

  @Test
  void noFramesAreNoSnapshot() {
    assertDamaged(List::clear);
  }

  @Test
  void aFrameThatIsMissingIsSeen() {
    for (int i = 0; i < Examples.manifest().frames().size() - 1; i++) {
      int missing = i;
      assertDamaged(frames -> frames.remove(missing));
    }
  }

  @Test
  void otherRowsThanTheTablesHaveAreSeen() {
    assertDamaged(frames -> frames.set(2, rows(frames.get(2), 289)));
    assertDamaged(frames -> frames.set(2, rows(frames.get(2), 0)));
    assertDamaged(frames -> frames.set(0, rows(frames.get(0), 1)));
    Manifest whole = Examples.manifest();
    assertDamaged(with(whole, List.of(), whole.frames()));
    assertDamaged(with(whole, whole.tables().subList(1, 2), whole.frames()));
  }

  @Test
  void framesOutsideOfTheCopyOfTheirTableAreSeen() {
    for (List<Frame.Kind> kinds :
        List.of(
            List.of(Frame.Kind.DDL, Frame.Kind.END, Frame.Kind.ROWS, Frame.Kind.COPY),
            List.of(Frame.Kind.COPY, Frame.Kind.DDL, Frame.Kind.ROWS, Frame.Kind.END),
            List.of(Frame.Kind.DDL, Frame.Kind.COPY, Frame.Kind.END, Frame.Kind.ROWS),
            List.of(Frame.Kind.DDL, Frame.Kind.COPY, Frame.Kind.ROWS, Frame.Kind.COPY),
            List.of(Frame.Kind.DDL, Frame.Kind.COPY, Frame.Kind.ROWS, Frame.Kind.DDL))) {
      assertDamaged(
          frames -> {
            for (int i = 0; i < frames.size(); i++) {
              frames.set(i, of(kinds.get(i), frames.get(i)));
            }
          });
    }
  }

  private static Frame of(Frame.Kind kind, Frame frame) {
    return new Frame(
        kind,
        kind == Frame.Kind.DDL ? null : Examples.USERS,
        kind == Frame.Kind.ROWS ? 290 : 0,
        frame.offset(),
        frame.length(),
        frame.textLength(),
        frame.sha256());
  }

  @Test
  void anotherSizeOfTheTextIsSeen() {
    assertDamaged(
        frames -> {
          Frame f = frames.get(2);
          frames.set(
              2,
              new Frame(f.kind(), f.table(), f.rows(), f.offset(), f.length(), 7999, f.sha256()));
        });
  }

  @Test
  void rowsOfNoTableAreSeen() {
    assertDamaged(
        frames -> {
          Frame f = frames.get(2);
          frames.set(
              2,
              new Frame(
                  f.kind(), null, f.rows(), f.offset(), f.length(), f.textLength(), f.sha256()));
        });
  }
}
