package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts and the batches do not depend on how the stream delivers a dump. */
final class DumpTearTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  private static final byte[] SMALL = Fixtures.bytes("small");

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64})
  void everyReadBoundaryGivesTheSameParts(int capacity) {
    List<String> whole = Fixtures.describe(new ByteArrayInputStream(SMALL), capacity);
    for (int at = 0; at <= SMALL.length; at++) {
      assertThat(Fixtures.describe(TornInputStream.tornAt(SMALL, at), capacity))
          .as("torn at %s", at)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 100})
  void shortReadsIntoSmallWindowsGiveTheSameParts(int most) {
    for (int capacity = 1; capacity < 70; capacity += 4) {
      List<String> whole = Fixtures.describe(new ByteArrayInputStream(SMALL), capacity);
      for (int window : new int[] {1, 8, 13, 300}) {
        assertThat(
                Fixtures.describe(
                    TornInputStream.shortReads(SMALL, most, capacity), capacity, window))
            .as("capacity %s, window %s", capacity, window)
            .isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void shortReadsOfRealDumpsGiveTheSameParts(String name) {
    byte[] dump = Fixtures.bytes(name);
    assertThat(Fixtures.describe(TornInputStream.shortReads(dump, 50, 1), 256))
        .isEqualTo(Fixtures.describe(new ByteArrayInputStream(dump), 256));
  }

  @Test
  void rowsAcrossTheWindowComeWhole() {
    // Rows of every length up to 300 bytes, so that they end at every offset of window and batch.
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      String escaped = i % 7 == 0 ? "\\\n." : "";
      rows.append("\\\\.").append("x".repeat(i % 300)).append(escaped).append('\n');
    }
    byte[] dump = RowReadTest.dump(rows.toString()).getBytes(StandardCharsets.UTF_8);
    List<String> whole = Fixtures.describe(new ByteArrayInputStream(dump), 5000, 1 << 20);
    assertThat(Fixtures.describe(TornInputStream.shortReads(dump, 10_000, 7), 5000, 4099))
        .isEqualTo(whole);
    assertThat(RowReadTest.rowsOf(dump, 500, 1000)).isEqualTo(rows.toString());
  }
}
