package dev.decant.aws;

import dev.decant.location.Location;
import java.util.Optional;

/**
 * A bucket, or the objects below a prefix of a bucket, in S3 or an S3-compatible store.
 *
 * @param prefix without a slash at its beginning or end; empty for the whole bucket
 * @param endpoint the URL of the store; if it is empty, the environment names it, or it is AWS
 * @param region the region; if it is empty, the environment names it, and on AWS the region of the
 *     bucket is found
 * @param pathStyle whether the bucket is part of the path of URLs; if it is empty, it is so with an
 *     endpoint
 * @param profile the profile of the AWS configuration that has the credentials; if it is empty, the
 *     SDK looks for them as usual
 */
public record BucketSpec(
    String bucket,
    String prefix,
    Optional<String> endpoint,
    Optional<String> region,
    Optional<Boolean> pathStyle,
    Optional<String> profile) {
  /** Removes slashes around the prefix. */
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

  /** The location in the form {@code s3://bucket/prefix}. */
  public String location() {
    return new Location.S3(bucket, prefix).toString();
  }
}
