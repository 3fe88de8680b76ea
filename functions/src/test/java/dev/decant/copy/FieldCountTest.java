package dev.decant.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldCountTest {
  private static final List<String> PIECES =
      List.of(
          "\t", "\t", "\n", "\\", "\\\t", "\\\n", "a", "\\N", "\u000b", "\b", "Zürich", "~~~~~~~~");

  /** The number of rows before the first one that has a wrong number of fields. */
  private static long byFields(byte[] rows, int fields) {
    CopyRow row = new CopyRow();
    long right = 0;
    for (int at = 0; at < rows.length; right++) {
      at = row.split(rows, at, rows.length);
      if (!row.hasFields(fields)) {
        return right;
      }
    }
    return right;
  }

  @Test
  void answersWhatSplittingAnswers() {
    Random random = new Random(3);
    long wrong = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(40); piece > 0; piece--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      byte[] rows = text.append("~\n").toString().getBytes(UTF_8);
      int fields = random.nextInt(4);
      FieldCount count = new FieldCount(fields);
      boolean right = count.check(rows, rows.length);
      assertThat(count.rows()).as("%s", text).isEqualTo(byFields(rows, fields));
      assertThat(right).as("%s", text).isEqualTo(count.rows() == rowsOf(rows));
      wrong += right ? 0 : 1;
    }
    assertThat(wrong).isBetween(1000L, 19_900L);
  }

  private static long rowsOf(byte[] rows) {
    CopyRow row = new CopyRow();
    long all = 0;
    for (int at = 0; at < rows.length; all++) {
      at = row.split(rows, at, rows.length);
    }
    return all;
  }

  @Test
  void rowsOfTheRightNumberAreRightAtEveryOffset() {
    Random random = new Random(5);
    for (int fields = 1; fields < 20; fields++) {
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < 50; row++) {
        for (int field = 0; field < fields; field++) {
          text.append(field == 0 ? "" : "\t").append("\\\\".repeat(random.nextInt(3)));
          text.append("x".repeat(random.nextInt(9)));
        }
        text.append('\n');
      }
      byte[] rows = text.toString().getBytes(UTF_8);
      FieldCount count = new FieldCount(fields);
      assertThat(count.check(rows, rows.length)).isTrue();
      assertThat(count.rows()).isEqualTo(50);
      byte[] more = Arrays.copyOf(rows, rows.length + 1);
      more[rows.length - 1] = '\t';
      more[rows.length] = '\n';
      assertThat(count.check(more, more.length)).isFalse();
      assertThat(count.rows()).isEqualTo(49);
    }
  }

  @Test
  void aRowWithoutItsEndIsNotRight() {
    byte[] rows = "1\t2\n3\t4".getBytes(UTF_8);
    assertThat(new FieldCount(2).check(rows, rows.length)).isFalse();
  }

  @Test
  void noFieldsAreAnEmptyLine() {
    byte[] rows = "\n\n\n".getBytes(UTF_8);
    assertThat(new FieldCount(0).check(rows, rows.length)).isTrue();
    byte[] data = "\nx\n".getBytes(UTF_8);
    assertThat(new FieldCount(0).check(data, data.length)).isFalse();
    // The only column of a row may hold an empty text.
    assertThat(new FieldCount(1).check(rows, rows.length)).isTrue();
  }
}
