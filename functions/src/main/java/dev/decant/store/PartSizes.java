package dev.decant.store;

/**
 * How large each part of an S3 upload is: 10,000 parts make more than S3's 5 TiB, and small uploads
 * take little memory.
 *
 * <p>S3: parts of 5 MiB to 5 GiB, the last may be smaller, 10,000 of them.
 */
public interface PartSizes {
  int MAX_PARTS = 10_000;
  long MEBIBYTE = 1 << 20;

  /** Up to this size a part waits in memory, beyond in a temporary file. */
  long LARGEST_IN_MEMORY = 16 * MEBIBYTE;

  /** Bytes of a part; the first has number 1. */
  long of(int number);

  /** 8 GB by small parts, 24 GB by those that memory can hold, 6 TB in all. */
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
