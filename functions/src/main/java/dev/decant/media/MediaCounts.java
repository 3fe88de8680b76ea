package dev.decant.media;

import dev.decant.aws.ShownKey;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the results for objects. Any number of threads may use it. */
final class MediaCounts {
  private static final int SHOWN_KEYS = 10;

  /** The run gives up after so many failures without a success, because the rest would fail too. */
  private static final int HOPELESS = 100;

  final LongAdder objects = new LongAdder();
  final LongAdder copied = new LongAdder();
  final LongAdder copiedBytes = new LongAdder();
  final LongAdder unchanged = new LongAdder();
  final LongAdder deleted = new LongAdder();
  final LongAdder extra = new LongAdder();
  final LongAdder vanished = new LongAdder();
  private final List<String> failedKeys = new ArrayList<>();
  private long failed;
  private @Nullable DecantException first;

  /** Records an object that could not be written or removed. The run continues with the others. */
  synchronized void fail(String key, DecantException failure) {
    if (first == null) {
      first = failure;
    }
    if (failedKeys.size() < SHOWN_KEYS) {
      failedKeys.add(ShownKey.of(key));
    }
    failed++;
  }

  synchronized boolean hopeless() {
    return failed >= HOPELESS && copied.sum() + deleted.sum() == 0;
  }

  MediaResult result(boolean dryRun) {
    throwFailures();
    return new MediaResult(
        dryRun,
        objects.sum(),
        copied.sum(),
        copiedBytes.sum(),
        unchanged.sum(),
        deleted.sum(),
        extra.sum(),
        vanished.sum());
  }

  private synchronized void throwFailures() {
    if (first == null) {
      return;
    }
    throw new DecantException(
        ErrorCode.STORE_FAILED,
        Quantity.of(failed, failed == 1 ? "object" : "objects")
            + " failed: "
            + String.join(", ", failedKeys)
            + (failed > failedKeys.size() ? ", …" : "")
            + ". "
            + Quantity.count(copied.sum())
            + " copied, "
            + Quantity.count(unchanged.sum())
            + " unchanged, "
            + Quantity.count(deleted.sum())
            + " deleted"
            + (hopeless() ? ", and the run gave up because no object succeeded" : "")
            + ". The first failure: "
            + String.valueOf(first.getMessage()).replaceFirst(" Run the command again\\.$", "")
            + " Run the command again: it does not copy the copied objects twice.",
        first);
  }
}
