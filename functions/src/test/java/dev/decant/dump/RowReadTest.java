package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowReadTest {
  private static final String HEAD = "COPY app.t (a, b) FROM stdin;\n";
  private static final String TAIL = "\\.\n\n\n--\n-- PostgreSQL database dump complete\n--\n\n";

  static String dump(String rows) {
    return HEAD + rows + TAIL;
  }

  static InputStream stream(String dump) {
    return new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> batches(String rows, int capacity) {
    try (DumpReader reader = new DumpReader(stream(dump(rows)))) {
      reader.next();
      List<String> batches = Fixtures.rows(reader, capacity);
      assertThat(reader.next()).isInstanceOf(DumpPart.End.class);
      return batches;
    }
  }

  static String rowsOf(byte[] dump, int capacity) {
    return rowsOf(dump, capacity, 1 << 20);
  }

  static String rowsOf(byte[] dump, int capacity, int window) {
    StringBuilder rows = new StringBuilder();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump), 1 << 30, window)) {
      reader.next();
      RowBatch batch = new RowBatch(capacity);
      while (reader.readRows(batch)) {
        rows.append(new String(batch.bytes(), 0, batch.length(), StandardCharsets.ISO_8859_1));
      }
    }
    return rows.toString();
  }

  @Test
  void aBatchHoldsAsManyWholeRowsAsFit() {
    assertThat(batches("a\nbb\nccc\ndddd\n", 7))
        .containsExactly("1+2:a\nbb\n", "3+1:ccc\n", "4+1:dddd\n");
  }

  @Test
  void aRowThatFillsTheBatchExactlyFits() {
    assertThat(batches("123456\n12\n345\n", 7)).containsExactly("1+1:123456\n", "2+2:12\n345\n");
  }

  @Test
  void aLargerRowComesAloneAndTheBatchShrinksAgain() {
    String large = "x".repeat(100);
    assertThat(batches("a\n" + large + "\nb\n", 10))
        .containsExactly("1+1:a\n", "2+1:" + large + "\n", "3+1:b\n");
    try (DumpReader reader = new DumpReader(stream(dump(large + "\nb\n")))) {
      reader.next();
      RowBatch batch = new RowBatch(10);
      assertThat(reader.readRows(batch)).isTrue();
      assertThat(batch.bytes().length).isGreaterThan(10);
      assertThat(reader.readRows(batch)).isTrue();
      assertThat(batch.bytes()).hasSize(10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, (1 << 20) - 1, (1 << 20) + 1, 3_000_000})
  void rowsLargerThanTheWindowComeWhole(int size) {
    String rows = "a\n" + "y".repeat(size) + "\\\r\\\nz\nlast\n";
    assertThat(rowsOf(dump(rows).getBytes(StandardCharsets.UTF_8), 1000)).isEqualTo(rows);
    assertThat(rowsOf(dump(rows).getBytes(StandardCharsets.UTF_8), 1 << 21)).isEqualTo(rows);
  }

  @Test
  void aRowAboveTheLimitIsRefusedWithTableAndNumber() {
    assertThatThrownBy(
            () -> {
              try (var reader = new DumpReader(stream(dump("canary".repeat(100) + "\n")), 500)) {
                reader.next();
                reader.readRows(new RowBatch(100));
              }
            })
        .isInstanceOf(DecantException.class)
        .hasMessage(
            "Line 2 of the dump: Row 1 of table app.t is larger than 500 bytes. Give decant about"
                + " five times as much memory as the row is large (for example with"
                + " DECANT_JAVA_OPTS=-Xmx4g, or with the memory size of the function), or leave the"
                + " rows out with pg_dump --exclude-table-data.");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 499, 500, 200_000})
  void theLimitOfARowIsExact(int limit) {
    String fits = "x".repeat(limit - 1) + "\n";
    for (int capacity : new int[] {4, 100, 1 << 20}) {
      assertThat(readLimited(fits, limit, capacity)).isEqualTo(1);
      assertThatThrownBy(() -> readLimited("x" + fits, limit, 4))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_TOO_LARGE));
    }
  }

  private static long readLimited(String rows, int limit, int capacity) {
    try (var reader = new DumpReader(stream(dump(rows)), limit, 1 << 12)) {
      reader.next();
      RowBatch batch = new RowBatch(capacity);
      long count = 0;
      while (reader.readRows(batch)) {
        count += batch.rows();
      }
      return count;
    }
  }

  @Test
  void skippedRowsAreCounted() {
    try (DumpReader reader = new DumpReader(stream(dump("a\n\nb\\\n\\\\.\n")))) {
      reader.next();
      assertThat(reader.skipRows()).isEqualTo(3);
      assertThat(reader.next()).isEqualTo(new DumpPart.End(13));
    }
  }

  @Test
  void rowsOfATableWithoutColumnsAreEmptyLines() {
    assertThat(batches("\n\n\n", 100)).containsExactly("1+3:\n\n\n");
  }

  @Test
  void aBlockWithoutRowsGivesNoBatch() {
    assertThat(batches("", 100)).isEmpty();
  }

  @Test
  void rowsInCrLfGetLf() {
    String dump = dump("a\tb\r\n\\N\t\\N\r\n").replace("\n", "\r\n").replace("\r\r", "\r");
    List<String> parts = Fixtures.describe(dump);
    assertThat(parts).contains("1+2:a\tb\n\\N\t\\N\n");
  }

  @Test
  void theDivisionIntoBatchesCountsTheCrs() {
    assertThat(batches("1\r\n2\r\n3\r\n4\r\n", 7)).containsExactly("1+2:1\n2\n", "3+2:3\n4\n");
  }

  @Test
  void escapedLineEndsAreData() {
    assertThat(batches("a\\\nb\nc\\\\\nd\\\\\\\ne\n", 100))
        .containsExactly("1+3:a\\\nb\nc\\\\\nd\\\\\\\ne\n");
  }

  @Test
  void anEscapedCarriageReturnIsData() {
    assertThat(batches("a\\\rb\n", 100)).containsExactly("1+1:a\\\rb\n");
  }

  /**
   * Tests every position at which a read, a window or a batch can end, also right after the CR of a
   * larger row.
   */
  @Test
  void aBareCarriageReturnIsRefusedAtEveryBorder() {
    String row = "a".repeat(500) + "\r" + "b".repeat(50) + "\n";
    byte[] dump = dump(row).getBytes(StandardCharsets.UTF_8);
    for (int window = 1; window < 64; window++) {
      int small = window;
      assertThatThrownBy(() -> Fixtures.describe(new ByteArrayInputStream(dump), 4, small))
          .isInstanceOf(DecantException.class)
          .hasMessageStartingWith(
              "Line 2 of the dump: Row 1 of table app.t contains a carriage return");
    }
  }

  @Test
  void aDotAfterABackslashInsideAFieldIsNoEnd() {
    assertThat(batches("a\t\\.\n", 100)).containsExactly("1+1:a\t\\.\n");
  }

  @Test
  void linesAreCountedThroughRows() {
    List<String> parts = Fixtures.describe(HEAD + "a\\\nb\nc\n\\.\n\nBEGIN;\n" + TAIL.substring(3));
    assertThat(parts).anyMatch(part -> part.startsWith("7 IGNORED"));
  }

  @Test
  void unreadRowsAreAMistakeOfTheCaller() {
    try (DumpReader reader = new DumpReader(stream(dump("a\n")))) {
      reader.next();
      assertThatIllegalStateException()
          .isThrownBy(reader::next)
          .withMessage("the rows of app.t were not read to their end");
    }
  }

  /** Compares the scanner with a simple implementation of the rules that reads byte by byte. */
  @Test
  void randomRowsAreSplitAsAPlainReadingSays() {
    SplittableRandom random = new SplittableRandom(42);
    byte[] alphabet = "ab.\\\t\n\n".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3000; round++) {
      StringBuilder rows = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        rows.append((char) alphabet[random.nextInt(alphabet.length)]);
      }
      String text = rows.toString().replace("\\.", "\\\\") + "\n";
      if (((text.length() - 2) - lastOther(text)) % 2 == 1) {
        continue; // A backslash before the last LF: the block has no end.
      }
      long expected = plainCount(text);
      for (int capacity : new int[] {1, 9, 1000}) {
        assertThat(rowsOf(dump(text).getBytes(StandardCharsets.UTF_8), capacity, 16))
            .isEqualTo(text);
        assertThat(readLimited(text, 1 << 20, capacity)).as(text).isEqualTo(expected);
      }
    }
  }

  private static int lastOther(String text) {
    int i = text.length() - 2;
    while (i >= 0 && text.charAt(i) == '\\') {
      i--;
    }
    return i;
  }

  private static long plainCount(String text) {
    long rows = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '\n') {
        rows++;
      }
    }
    return rows;
  }
}
