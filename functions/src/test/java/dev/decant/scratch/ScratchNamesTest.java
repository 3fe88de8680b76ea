package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ScratchNamesTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:34:56Z");

  @Test
  void namesSayWhatMadeThem() {
    assertThat(ScratchNames.of("Verify: all tables", 0xcafe, NOW))
        .isEqualTo("decant_scratch_verify_all_table_0000cafe_20261101123456");
  }

  @Test
  void agesAreReadFromNames() {
    String name = ScratchNames.of("x", 1, NOW);
    Duration hour = Duration.ofHours(1);
    assertThat(ScratchNames.olderThan(hour, name, NOW.plusSeconds(3599))).isFalse();
    assertThat(ScratchNames.olderThan(hour, name, NOW.plusSeconds(3601))).isTrue();
    assertThat(ScratchNames.olderThan(hour, "decant_scratch_mine", NOW)).isFalse();
  }
}
