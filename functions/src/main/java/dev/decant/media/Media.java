package dev.decant.media;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.Interrupt;
import dev.decant.run.TaskPool;

/**
 * Makes the objects of one bucket equal to those of another. The store itself copies the objects
 * that are missing or differ, many at the same time. Objects that are equal already are left, so a
 * run continues where a killed run ended. Memory does not grow with the number of objects.
 */
public final class Media {
  private Media() {}

  /**
   * Runs. A shutdown of the process cancels the run.
   *
   * @throws dev.decant.error.DecantException REFUSED by a guard before the first request to a
   *     store; STORE_FAILED at the end if single objects failed, and at once if a listing failed
   */
  public static MediaResult run(MediaRequest request) {
    MediaGuards.check(request);
    try (MediaBucket from = Buckets.open(request.from());
        MediaBucket to = Buckets.open(request.to())) {
      return run(request, from, to);
    }
  }

  static MediaResult run(MediaRequest request, MediaBucket from, MediaBucket to) {
    MediaContent content =
        request.options().placeholder()
            ? new PlaceholderContent(from, to)
            : new CopiedContent(from, to);
    try (TaskPool pool = new TaskPool("decant-media", request.options().jobs(), () -> {});
        Interrupt _ = new Interrupt(() -> pool.fail(cancelled()))) {
      return new MediaRun(request, from, to, content).run(pool);
    } finally {
      request.progress().done();
    }
  }

  private static DecantException cancelled() {
    return new DecantException(
        ErrorCode.CANCELLED,
        "The run was cancelled. The objects that it copied stay. Run the command again to copy the"
            + " rest.");
  }
}
