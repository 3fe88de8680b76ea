package dev.decant.progress;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reports how many bytes of a stage were read. Only the thread that reads them may use it. */
public final class ReadProgress {
  private final Progress progress;
  private final LongSupplier position;
  private long told;

  /**
   * @param position the number of bytes read so far, in the unit of the stage's total
   */
  public ReadProgress(Progress progress, LongSupplier position) {
    this.progress = progress;
    this.position = position;
  }

  /** Reports the bytes since the last call, and that they were rows of a table. */
  public void report(long rows, @Nullable String table) {
    long now = position.getAsLong();
    progress.advance(now - told, rows, table);
    told = now;
  }
}
