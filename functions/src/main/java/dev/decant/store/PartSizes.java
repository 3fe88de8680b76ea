package dev.decant.store;

/**
 * The sizes of the parts of an S3 upload. They grow, so that 10,000 parts exceed the 5 TiB of the
 * largest object, while small uploads take little memory.
 *
 * <p>S3 takes up to 10,000 parts of 5 MiB to 5 GiB each; only the last may be smaller.
 */
public interface PartSizes {
  int MAX_PARTS = 10_000;
  long MEBIBYTE = 1 << 20;

  /** A part up to this size waits in memory, a larger one in a temporary file. */
  long LARGEST_IN_MEMORY = 16 * MEBIBYTE;

  /** The size of a part in bytes. The first part has the number 1. */
  long of(int number);

  /**
   * Small parts reach 8 GB, all parts that memory can hold reach 24 GB, and all 10,000 parts reach
   * 6 TB.
   */
  PartSizes GROWING =
      number -> {
        if (number <= 1_000) {
          return 8 * MEBIBYTE;
        }
        if (number <= 2_000) {
          return 16 * MEBIBYTE;
        }
        return number <= 4_000 ? 64 * MEBIBYTE : 1024 * MEBIBYTE;
      };
}
