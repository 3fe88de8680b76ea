package dev.decant.sweep;

import dev.decant.aws.RunResources;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a resource of AWS is a leftover of a dead run. It must have decant's tag and a
 * name with the ID of the same run, no execution of this run may be at work, and it must be older
 * than {@link #GRACE}. A resource of another workflow stays, because the executions of that
 * workflow are not known here.
 *
 * <p>A resource that is named after a run but lacks its tag may hold raw data, and decant has no
 * right to delete it. It counts as a failure, so that somebody looks at it.
 */
final class DeadRuns {
  /**
   * The list of executions is not always up to date, and an execution that ends deletes its own
   * resources.
   */
  static final Duration GRACE = Duration.ofHours(1);

  private final String workflow;
  private final Supplier<Set<String>> alive;
  private final Instant now;

  /**
   * @param workflow the ARN of the state machine whose runs these are
   * @param alive the IDs of the runs that are at work; if it fails, nothing can be decided
   */
  DeadRuns(String workflow, Supplier<Set<String>> alive, Instant now) {
    this.workflow = workflow;
    this.alive = alive;
    this.now = now;
  }

  /**
   * A resource whose name is {@code prefix} and the ID of its run, and for the scratch server of a
   * run {@link RunResources#SERVER}.
   */
  Leftover judge(
      String name,
      String prefix,
      Map<String, String> tags,
      @Nullable Instant created,
      Leftover.Deletion deletion) {
    String run = tags.get(RunResources.TAG);
    if (run != null && isOf(run, name, prefix)) {
      return judgeRun(name, run, tags, created, deletion);
    }
    return RunResources.isNamed(name, prefix) && isOld(tags, created)
        ? untagged(name)
        : foreign(name);
  }

  private static Leftover untagged(String name) {
    String why =
        "It is named as a resource of a run, but the tag "
            + RunResources.TAG
            + " does not have the ID in its name. It may hold raw data. Look at it, and then delete"
            + " it by hand or correct the tag.";
    return Leftover.goes(
        name,
        why,
        () -> {
          throw new DecantException(ErrorCode.REFUSED, why);
        });
  }

  /** A resource whose name AWS chose. */
  Leftover judge(
      String name,
      Map<String, String> tags,
      @Nullable Instant created,
      Leftover.Deletion deletion) {
    String run = tags.get(RunResources.TAG);
    return run == null ? foreign(name) : judgeRun(name, run, tags, created, deletion);
  }

  private static boolean isOf(String run, String name, String prefix) {
    return name.equals(prefix + run) || name.equals(prefix + run + RunResources.SERVER);
  }

  private static Leftover foreign(String name) {
    return Leftover.stays(
        name,
        "It does not have the tag "
            + RunResources.TAG
            + " with the ID in its name, so it does not belong to a run of decant.");
  }

  private Leftover judgeRun(
      String name,
      String run,
      Map<String, String> tags,
      @Nullable Instant created,
      Leftover.Deletion deletion) {
    String owner = tags.getOrDefault(RunResources.WORKFLOW, workflow);
    if (!owner.equals(workflow)) {
      return Leftover.stays(name, "It belongs to the workflow " + owner + ".");
    }
    if (alive.get().contains(run)) {
      return Leftover.stays(name, "Its run " + run + " is at work.");
    }
    if (!isOld(tags, created)) {
      return Leftover.stays(name, "It is less than an hour old. The next sweep looks again.");
    }
    return Leftover.goes(name, "Its run " + run + " has ended without deleting it.", deletion);
  }

  /** AWS does not state the time of everything that is still being made. */
  private boolean isOld(Map<String, String> tags, @Nullable Instant created) {
    return created != null
        ? created.isBefore(now.minus(GRACE))
        : now.toString().compareTo(tags.getOrDefault(RunResources.EXPIRES, "9")) > 0;
  }
}
