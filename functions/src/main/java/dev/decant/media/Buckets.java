package dev.decant.media;

import dev.decant.aws.BucketSpec;
import dev.decant.aws.S3Clients;

/** Opens buckets of media. */
public final class Buckets {
  private Buckets() {}

  /** Opens a bucket without a request to the store. The caller closes it. */
  public static MediaBucket open(BucketSpec spec) {
    return new S3MediaBucket(spec, S3Clients.create(spec), MediaCopySizes.OF_S3);
  }
}
