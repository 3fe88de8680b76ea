package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.progress.Progress;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.MemorySnapshotStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a large table is loaded, the progress must not look like a run that hangs. */
final class ProgressIT {
  /** So large that the largest table has more than two batches. */
  private static final long BYTES = 50_000_000;

  @TempDir Path folder;

  private record Advance(String stage, long units, long rows, @Nullable String table) {}

  /** Records everything that is reported. The stages follow each other. */
  private static final class Notes implements Progress {
    private final Queue<Advance> advances = new ConcurrentLinkedQueue<>();
    private volatile String stage = "";
    private volatile long total;

    @Override
    public void stage(String name, long ofTotal, String unit) {
      stage = name;
      total = name.equals("load") ? ofTotal : total;
    }

    @Override
    public void advance(long units, @Nullable String detail) {
      advance(units, 0, detail);
    }

    @Override
    public void advance(long units, long rows, @Nullable String table) {
      advances.add(new Advance(stage, units, rows, table));
    }

    List<Advance> of(String name) {
      return advances.stream().filter(a -> a.stage.equals(name)).toList();
    }
  }

  @Test
  void itMovesWithinATable() {
    Notes notes = new Notes();
    try (Source source = Sources.open(Shop.land(folder, Shop.dump(BYTES)).toString())) {
      var _ =
          Sanitization.run(
              Shop.builder(source, Shop.policy(), new MemorySnapshotStore(), folder)
                  .progress(notes)
                  .build());
    }
    assertThat(notes.of("first look")).filteredOn(a -> a.units > 0).hasSizeGreaterThan(5);
    assertThat(notes.of("load"))
        .filteredOn(a -> "public.audit_log".equals(a.table))
        .hasSizeGreaterThan(2)
        .allSatisfy(a -> assertThat(a.rows).isPositive());
    assertThat(notes.of("load").stream().mapToLong(Advance::units).sum())
        .isBetween(notes.total / 2, notes.total);
  }
}
