package dev.decant.aws;

import dev.decant.location.Location;
import java.util.Optional;

/**
 * A place for media in S3 or an S3-compatible store: a bucket, or what is below a prefix of it.
 *
 * @param prefix without slashes around; empty for the whole bucket
 * @param endpoint the store's URL; empty for that of the environment, else AWS
 * @param region empty for that of the environment; on AWS the bucket's own is found in any case
 * @param pathStyle whether paths name the bucket; empty for the usual, which is so with an endpoint
 * @param profile the profile of the AWS configuration that has the credentials; empty for the usual
 *     ones
 */
public record BucketSpec(
    String bucket,
    String prefix,
    Optional<String> endpoint,
    Optional<String> region,
    Optional<Boolean> pathStyle,
    Optional<String> profile) {
  /** Takes slashes off the prefix. */
  public BucketSpec {
    prefix = prefix.replaceFirst("^/+", "").replaceFirst("/+$", "");
  }

  /** The bucket or prefix at a location, with the usual endpoint, region and credentials. */
  public static BucketSpec at(Location.S3 location) {
    return new BucketSpec(
        location.bucket(),
        location.key(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** {@code s3://bucket/prefix}. */
  public String location() {
    return new Location.S3(bucket, prefix).toString();
  }
}
