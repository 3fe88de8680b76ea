package dev.decant.media;

import dev.decant.store.PartSizes;

/**
 * The sizes by which large objects are divided for copying.
 *
 * <p>S3 copies objects of up to 5 GiB by one CopyObject. Larger ones need parts of 5 MiB to 5 GiB,
 * of which there may be 10,000.
 *
 * @param whole the largest object in bytes that is copied by one request
 * @param part the smallest part in bytes into which a larger object is divided
 */
record MediaCopySizes(long whole, long part) {
  private static final long GIBIBYTE = 1L << 30;
  static final MediaCopySizes OF_S3 = new MediaCopySizes(5 * GIBIBYTE, GIBIBYTE / 4);

  /** The size in bytes of every part except the last. */
  long partOf(long size) {
    return Math.max(part, Math.ceilDiv(size, PartSizes.MAX_PARTS));
  }
}
