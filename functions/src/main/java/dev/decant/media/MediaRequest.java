package dev.decant.media;

import dev.decant.aws.BucketSpec;
import dev.decant.progress.Progress;
import java.util.List;

/**
 * What one run needs.
 *
 * @param from only read
 * @param confirm what the caller typed: must be the destination's bucket
 * @param never names of buckets, with {@code *} for any characters, that are never written to
 * @param delete whether what the source does not have is removed
 * @param placeholder whether stand-ins are written in place of the source's bytes
 * @param dryRun whether to count only
 * @param jobs how many objects at once, 1 or more
 */
public record MediaRequest(
    BucketSpec from,
    BucketSpec to,
    String confirm,
    List<String> never,
    boolean delete,
    boolean placeholder,
    boolean dryRun,
    int jobs,
    Progress progress) {
  public static final int DEFAULT_JOBS = 64;
  public static final int MOST_JOBS = 256;

  public MediaRequest {
    never = List.copyOf(never);
  }
}
