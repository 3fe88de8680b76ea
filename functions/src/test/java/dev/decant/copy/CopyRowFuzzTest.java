package dev.decant.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** A Jazzer test. A build runs its seeds, and {@code JAZZER_FUZZ=1} makes it search for more. */
final class CopyRowFuzzTest {
  /** The bytes are a value, and then rows of COPY text. */
  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void valuesComeBackAndFieldsAreCountedAlike(byte[] data) {
    Bytes row = new Bytes(16);
    CopyText.escape(data, 0, data.length, row);
    row.append("\t\\N\n");
    CopyRow one = new CopyRow();
    assertThat(one.split(row.array(), 0, row.length())).isEqualTo(row.length());
    assertThat(one.fields()).isEqualTo(2);
    assertThat(one.isNull(0)).isFalse();
    assertThat(one.isNull(1)).isTrue();
    assertThat(value(one, 0)).isEqualTo(data);

    Bytes rows = new Bytes(16);
    rows.append(data);
    // A backslash at the end would make the line feed a part of the last value.
    rows.append("x\n");
    read(rows.array(), rows.length());
  }

  private static void read(byte[] rows, int length) {
    CopyRow row = new CopyRow();
    int expected = 0;
    long alike = 0;
    boolean all = true;
    for (int at = 0; at < length; ) {
      at = row.split(rows, at, length);
      if (expected == 0) {
        expected = row.fields();
      }
      for (int field = 0; field < row.fields(); field++) {
        assertThat(value(row, field)).hasSizeLessThanOrEqualTo(row.end(field) - row.start(field));
      }
      all &= row.fields() == expected;
      alike += all ? 1 : 0;
    }
    FieldCount count = new FieldCount(expected);
    assertThat(count.check(rows, length)).isEqualTo(all);
    assertThat(count.rows()).isEqualTo(alike);
  }

  private static byte[] value(CopyRow row, int field) {
    row.select(field);
    return Arrays.copyOfRange(row.bytes(), row.from(), row.to());
  }
}
