package dev.decant.sanitize;

import dev.decant.progress.Progress;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells how much of a stage's bytes are read. For the thread that reads them. */
final class ReadProgress {
  private final Progress progress;
  private final LongSupplier position;
  private long told;

  /**
   * @param position bytes read so far, in the measure of the stage's total
   */
  ReadProgress(Progress progress, LongSupplier position) {
    this.progress = progress;
    this.position = position;
  }

  /** What was read since the last call was so many rows of a table. */
  void tell(long rows, @Nullable String table) {
    long now = position.getAsLong();
    progress.advance(now - told, rows, table);
    told = now;
  }
}
