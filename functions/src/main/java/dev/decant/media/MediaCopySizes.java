package dev.decant.media;

import dev.decant.store.PartSizes;

/**
 * How large objects are cut for copying.
 *
 * <p>S3: CopyObject takes 5 GiB, parts have 5 MiB to 5 GiB, 10,000 of them make 5 TiB.
 *
 * @param whole the largest object, in bytes, that is copied by one request
 * @param part the smallest part, in bytes, that a larger one is cut into
 */
record MediaCopySizes(long whole, long part) {
  private static final long GIBIBYTE = 1L << 30;
  static final MediaCopySizes OF_S3 = new MediaCopySizes(5 * GIBIBYTE, GIBIBYTE / 4);

  /** Bytes of each part but the last. */
  long partOf(long size) {
    return Math.max(part, Math.ceilDiv(size, PartSizes.MAX_PARTS));
  }
}
