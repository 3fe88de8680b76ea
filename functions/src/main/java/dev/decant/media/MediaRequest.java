package dev.decant.media;

import dev.decant.aws.BucketSpec;
import dev.decant.progress.Progress;
import java.util.List;

/**
 * The input of one run.
 *
 * @param from the bucket that is read and never written
 * @param to the bucket that is written
 * @param confirm the name of the destination's bucket, as the caller typed it
 * @param never names of buckets that must not be written, in which {@code *} stands for any
 *     characters
 */
public record MediaRequest(
    BucketSpec from,
    BucketSpec to,
    String confirm,
    List<String> never,
    Options options,
    Progress progress) {
  public static final int DEFAULT_JOBS = 64;
  static final int MOST_JOBS = 256;

  /**
   * How the run works.
   *
   * @param delete whether objects that the source does not have are removed from the destination
   * @param placeholder whether placeholders are written instead of the source's bytes
   * @param dryRun whether the run only counts
   * @param jobs how many objects are processed at the same time, 1 to {@value #MOST_JOBS}
   */
  public record Options(boolean delete, boolean placeholder, boolean dryRun, int jobs) {}

  public MediaRequest {
    never = List.copyOf(never);
  }
}
