package dev.decant.aws;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/**
 * A place in S3.
 *
 * @param bucket its name
 * @param key a key or a prefix, without a leading slash; empty for the whole bucket
 */
public record S3Location(String bucket, String key) {
  private static final String SCHEME = "s3://";

  public static boolean matches(String spec) {
    return spec.startsWith(SCHEME);
  }

  /** Reads {@code s3://bucket[/key]}. */
  public static S3Location parse(String spec) {
    String rest = spec.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (bucket.isEmpty()) {
      String meant = rest.replaceFirst("^/+", "");
      throw new DecantException(
          ErrorCode.USAGE,
          spec
              + " names no bucket. Write s3://"
              + (meant.isEmpty() ? "bucket/prefix" : meant)
              + ".");
    }
    return new S3Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (key.isEmpty() ? "" : "/" + key);
  }
}
