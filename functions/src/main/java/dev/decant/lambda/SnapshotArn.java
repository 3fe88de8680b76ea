package dev.decant.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a snapshot of RDS. The ID of an automated snapshot begins with {@code rds:}.
 *
 * @param text the whole ARN
 * @param cluster whether it is the snapshot of a cluster
 */
record SnapshotArn(String text, String account, boolean cluster, String id) {
  /** The names of decant's own instances and copies begin like this. */
  static final String OWN = "decant-";

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:rds:[a-z0-9-]+:(\\d{12}):(cluster-)?snapshot:(\\S+)");

  static Optional<SnapshotArn> of(String text) {
    Matcher arn = ARN.matcher(text);
    return arn.matches()
        ? Optional.of(new SnapshotArn(text, arn.group(1), arn.group(2) != null, arn.group(3)))
        : Optional.empty();
  }

  /** Whether a run of decant made the snapshot, or the instance that it is of. */
  boolean isOwn() {
    return id.startsWith(OWN) || id.startsWith("rds:" + OWN);
  }
}
