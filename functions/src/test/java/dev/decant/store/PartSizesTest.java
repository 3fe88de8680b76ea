package dev.decant.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartSizesTest {
  @Test
  void allPartsHoldTheLargestObjectOfS3() {
    long sum = 0;
    for (int number = 1; number <= PartSizes.MAX_PARTS; number++) {
      long size = PartSizes.GROWING.of(number);
      assertThat(size).isBetween(8 * PartSizes.MEBIBYTE, 5 * 1024 * PartSizes.MEBIBYTE);
      sum += size;
    }
    assertThat(sum).isGreaterThanOrEqualTo(5 * 1024 * 1024 * PartSizes.MEBIBYTE);
  }
}
