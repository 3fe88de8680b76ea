package dev.decant.media;

import dev.decant.aws.ShownKey;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.progress.Quantity;
import dev.decant.run.TaskPool;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** One run with two open buckets. */
final class MediaRun {
  private static final int BATCH = 1000;
  private static final long TEXT_NANOS = 200_000_000;

  private final MediaRequest request;
  private final MediaBucket from;
  private final MediaBucket to;
  private final MediaContent content;
  private final Progress progress;
  private final MediaCounts counts = new MediaCounts();
  private List<String> extra = new ArrayList<>();
  private volatile String written = "";
  private volatile long writtenAt = System.nanoTime() - TEXT_NANOS;

  MediaRun(MediaRequest request, MediaBucket from, MediaBucket to, MediaContent content) {
    this.request = request;
    this.from = from;
    this.to = to;
    this.content = content;
    this.progress = request.progress();
  }

  MediaResult run(TaskPool pool) {
    Iterator<MediaObject> source = from.list();
    Iterator<MediaObject> destination = to.list();
    refuseToEmpty(source, destination);
    Differences differences = new Differences(source, destination);
    progress.stage("media", -1, "objects");
    while (differences.hasNext() && !counts.hopeless()) {
      take(differences.next(), pool);
    }
    delete(pool);
    pool.join();
    return counts.result(request.options().dryRun());
  }

  /** Refuses to delete everything, because an empty source is usually a wrong one. */
  private void refuseToEmpty(Iterator<MediaObject> source, Iterator<MediaObject> destination) {
    if (request.options().delete() && !source.hasNext() && destination.hasNext()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The source "
              + from.location()
              + " has no objects, so --delete would remove all objects of "
              + to.location()
              + ". Check the name and the prefix of the source, or leave --delete out.");
    }
  }

  private void take(Difference difference, TaskPool pool) {
    switch (difference) {
      case Difference.Missing missing -> {
        counts.objects.increment();
        later(missing.source(), pool, () -> write(missing.source()));
      }
      case Difference.Both both -> {
        counts.objects.increment();
        if (content.same(both.source(), both.destination())) {
          unchanged();
        } else {
          later(both.source(), pool, () -> compare(both));
        }
      }
      case Difference.Extra only -> extra(only.destination().key(), pool);
    }
  }

  private void later(MediaObject object, TaskPool pool, Runnable task) {
    submit(
        pool,
        () -> {
          try {
            task.run();
          } catch (DecantException e) {
            counts.fail(object.key(), e);
          }
        });
  }

  private static void submit(TaskPool pool, Runnable task) {
    var _ = pool.submit(Executors.callable(task));
  }

  private void compare(Difference.Both both) {
    if (content.sameByMark(both.source(), both.destination())) {
      unchanged();
    } else {
      write(both.source());
    }
  }

  private void unchanged() {
    counts.unchanged.increment();
    progress.advance(1, null);
  }

  private void write(MediaObject source) {
    Optional<Long> bytes =
        request.options().dryRun() ? Optional.of(content.size(source)) : content.write(source);
    if (bytes.isEmpty()) {
      counts.vanished.increment();
      progress.advance(1, null);
      return;
    }
    counts.copied.increment();
    counts.copiedBytes.add(bytes.get());
    progress.advance(1, written());
  }

  /**
   * Returns a text that is updated a few times a second, because a new text for each object would
   * take too long.
   */
  private String written() {
    long now = System.nanoTime();
    if (now - writtenAt > TEXT_NANOS) {
      writtenAt = now;
      written = Quantity.bytes(counts.copiedBytes.sum()) + " copied";
    }
    return written;
  }

  private void extra(String key, TaskPool pool) {
    if (!request.options().delete()) {
      counts.extra.increment();
      return;
    }
    extra.add(key);
    if (extra.size() == BATCH) {
      delete(pool);
    }
  }

  private void delete(TaskPool pool) {
    if (extra.isEmpty()) {
      return;
    }
    List<String> batch = extra;
    extra = new ArrayList<>();
    submit(pool, () -> delete(batch));
  }

  private void delete(List<String> batch) {
    if (request.options().dryRun()) {
      counts.deleted.add(batch.size());
      return;
    }
    try {
      List<String> kept = to.delete(batch);
      kept.forEach(key -> counts.fail(key, notDeleted(key)));
      counts.deleted.add(batch.size() - kept.size());
    } catch (DecantException e) {
      batch.forEach(key -> counts.fail(key, e));
    }
  }

  private DecantException notDeleted(String key) {
    return new DecantException(
        ErrorCode.STORE_FAILED,
        to.location()
            + "/"
            + ShownKey.of(key)
            + " could not be removed. Allow this role s3:DeleteObject on it.");
  }
}
