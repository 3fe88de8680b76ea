package dev.decant.media;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.run.Interrupt;
import dev.decant.run.TaskPool;

/**
 * Makes the objects of one bucket those of another: what is missing or differs is copied, by the
 * store itself, many at once; what is there already is left, so a run that was killed goes on where
 * it was. Memory does not grow with the number of objects.
 */
public final class Media {
  private Media() {}

  /**
   * Runs; a shutdown of the process cancels it.
   *
   * @throws dev.decant.error.DecantException REFUSED by a guard, before anything is asked of a
   *     store; STORE_FAILED at the end where single objects failed, at once where a listing did
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
