package dev.decant.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void aHugeArrayGrowsByAQuarterAndASmallOneDoubles() {
    assertThat(Bytes.larger(1 << 10)).isEqualTo(1 << 11);
    assertThat(Bytes.larger(256 << 20)).isEqualTo(320 << 20);
    assertThat(Bytes.larger(Integer.MAX_VALUE - 8)).isGreaterThan(Integer.MAX_VALUE);
    Bytes bytes = new Bytes(64 << 20);
    bytes.length(64 << 20);
    bytes.append((byte) 'x');
    assertThat(bytes.array()).hasSize(80 << 20).endsWith(new byte[] {0});
    assertThat(bytes.array()[64 << 20]).isEqualTo((byte) 'x');
  }

  @Test
  void aReleasedRowHasNoFieldsAndReadsTheNextOne() {
    CopyRow row = new CopyRow();
    byte[] first = "a\tb\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    row.split(first, 0, first.length);
    row.release();
    assertThat(row.fields()).isZero();
    row.split(first, 0, first.length);
    assertThat(row.fields()).isEqualTo(2);
  }
}
