package dev.decant.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                   | B    | 0 B
          999                 | B    | 999 B
          1000                | B    | 1.0 kB
          999949              | B    | 999.9 kB
          999950              | B    | 1.0 MB
          35208214            | B    | 35.2 MB
          9223372036854775807 | B    | 9223.4 PB
          1234567             | rows | 1,234,567 rows
          """)
  void bytesAreScaledAndOthersGrouped(long number, String unit, String text) {
    assertThat(Quantity.of(number, unit)).isEqualTo(text);
  }

  @Test
  void oneThingIsSingular() {
    assertThat(Quantity.counted(1, "table")).isEqualTo("1 table");
    assertThat(Quantity.counted(0, "table")).isEqualTo("0 tables");
    assertThat(Quantity.counted(1_234, "table")).isEqualTo("1,234 tables");
  }

  @Test
  void namesBeyondTheLimitAreCounted() {
    assertThat(Quantity.listed(List.of("a", "b"), 2)).isEqualTo("a, b");
    assertThat(Quantity.listed(List.of("a", "b", "c"), 2)).isEqualTo("a, b and 1 more");
    assertThat(Quantity.listed(Collections.nCopies(1002, "a"), 1)).isEqualTo("a and 1,001 more");
  }
}
