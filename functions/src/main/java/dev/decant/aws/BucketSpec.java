package dev.decant.aws;

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

  /** Reads {@code s3://bucket[/prefix]}; all else is the usual. */
  public static BucketSpec parse(String location) {
    S3Location parsed = S3Location.parse(location);
    return new BucketSpec(
        parsed.bucket(),
        parsed.key(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** {@code s3://bucket/prefix}. */
  public String location() {
    return new S3Location(bucket, prefix).toString();
  }
}
