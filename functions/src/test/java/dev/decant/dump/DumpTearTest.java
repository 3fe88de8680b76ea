package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However the stream delivers a dump, the parts and the batches are the same. */
final class DumpTearTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  private static final byte[] SMALL = Fixtures.bytes("small");

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 16, 64, 4096})
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
  void shortReadsGiveTheSameParts(int most) {
    for (int capacity = 1; capacity < 70; capacity++) {
      assertThat(Fixtures.describe(TornInputStream.shortReads(SMALL, most, capacity), capacity))
          .isEqualTo(Fixtures.describe(new ByteArrayInputStream(SMALL), capacity));
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
    // Rows of every length up to 300 bytes, 3 MB of them: their ends meet every offset of the
    // window and of the batch.
    StringBuilder rows = new StringBuilder();
    for (int i = 0; rows.length() < 3 << 20; i++) {
      rows.append("\\\\.")
          .append("x".repeat(i % 300))
          .append(i % 7 == 0 ? "\\\n." : "")
          .append('\n');
    }
    String dump = RowReadTest.dump(rows.toString());
    byte[] bytes = dump.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    List<String> whole = Fixtures.describe(new ByteArrayInputStream(bytes), 5000);
    assertThat(Fixtures.describe(TornInputStream.shortReads(bytes, 100_000, 7), 5000))
        .isEqualTo(whole);
    assertThat(RowReadTest.rowsOf(bytes, 5000)).isEqualTo(rows.toString());
  }
}
