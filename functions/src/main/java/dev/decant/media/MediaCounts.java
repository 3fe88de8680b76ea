package dev.decant.media;

import dev.decant.aws.ShownKey;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what happens to objects; for any number of threads. */
final class MediaCounts {
  private static final int KEYS_TOLD = 10;

  /** After so many failures and nothing done, the rest would fail too. */
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

  /** An object that could not be written or removed; the others go on. */
  synchronized void fail(String key, DecantException failure) {
    if (first == null) {
      first = failure;
    }
    if (failedKeys.size() < KEYS_TOLD) {
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
            + (hopeless() ? "; given up, for none succeeded" : "")
            + ". The first failure: "
            + String.valueOf(first.getMessage()).replaceFirst(" Run again\\.$", "")
            + " Run again: what was copied is not copied twice.",
        first);
  }
}
