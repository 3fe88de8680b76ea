package dev.decant.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyRowTest {
  private static List<String> fields(CopyRow row, byte[] rows) {
    List<String> fields = new ArrayList<>();
    for (int f = 0; f < row.fields(); f++) {
      fields.add(new String(rows, row.start(f), row.end(f) - row.start(f), UTF_8));
    }
    return fields;
  }

  @Test
  void splitsRowsOfEveryLengthAtEveryOffset() {
    Random random = new Random(7);
    CopyRow row = new CopyRow();
    for (int round = 0; round < 3000; round++) {
      List<String> expected = new ArrayList<>();
      for (int f = random.nextInt(20); f >= 0; f--) {
        expected.add("x".repeat(random.nextInt(12)));
      }
      int offset = random.nextInt(9);
      byte[] rows = ("y".repeat(offset) + String.join("\t", expected) + "\nnext\n").getBytes(UTF_8);
      int next = row.split(rows, offset, rows.length);
      assertThat(fields(row, rows)).isEqualTo(expected);
      assertThat(next).isEqualTo(rows.length - 5);
    }
  }

  @Test
  void delimitersAfterAnOddNumberOfBackslashesAreData() {
    byte[] rows = "a\\\tb\\\\\tc\\\nd\n".getBytes(UTF_8);
    CopyRow row = new CopyRow();
    assertThat(row.split(rows, 0, rows.length)).isEqualTo(rows.length);
    assertThat(fields(row, rows)).containsExactly("a\\\tb\\\\", "c\\\nd");
  }

  @Test
  void backslashOfTheRowBeforeDoesNotCount() {
    byte[] rows = "a\\\\\n\tb\n".getBytes(UTF_8);
    CopyRow row = new CopyRow();
    int next = row.split(rows, 0, rows.length);
    row.split(rows, next, rows.length);
    assertThat(fields(row, rows)).containsExactly("", "b");
  }

  @Test
  void bytesThatDifferFromDelimitersInOneBitAreData() {
    CopyRow row = new CopyRow();
    for (int b = 0; b < 256; b++) {
      if (b == '\t' || b == '\n' || b == '\\') {
        continue;
      }
      byte[] rows = new byte[17];
      java.util.Arrays.fill(rows, (byte) b);
      rows[16] = '\n';
      assertThat(row.split(rows, 0, 17)).isEqualTo(17);
      assertThat(row.fields()).isEqualTo(1);
    }
  }

  @Test
  void selectUndoesEscapes() {
    byte[] rows = "plain\ta\\tb\t\\N\t\n".getBytes(UTF_8);
    CopyRow row = new CopyRow();
    row.split(rows, 0, rows.length);
    row.select(1);
    assertThat(new String(row.bytes(), row.from(), row.to() - row.from(), UTF_8)).isEqualTo("a\tb");
    row.select(0);
    assertThat(new String(row.bytes(), row.from(), row.to() - row.from(), UTF_8))
        .isEqualTo("plain");
    assertThat(row.isNull(2)).isTrue();
    assertThat(row.isNull(3)).isFalse();
  }

  @Test
  void rowWithoutLineEndIsAnError() {
    byte[] rows = "abc\tdef".getBytes(UTF_8);
    assertThatThrownBy(() -> new CopyRow().split(rows, 0, rows.length))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
