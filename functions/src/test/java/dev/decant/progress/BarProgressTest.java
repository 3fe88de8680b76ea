package dev.decant.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BarProgressTest {
  private static final int COLUMNS = 60;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final BarProgress progress =
      new BarProgress(new PrintStream(written, true, StandardCharsets.UTF_8), COLUMNS, false);

  @Test
  void noLineIsAsWideAsTheTerminal() {
    progress.stage("load", 40_000_000, "B");
    progress.advance(10_000_000, "public.a_table_with_a_name_that_is_rather_long_for_a_terminal");
    progress.done();

    assertThat(Arrays.stream(text().split("\r")))
        .allSatisfy(line -> assertThat(line.replace("\u001b[K", "")).hasSizeLessThan(COLUMNS))
        .anySatisfy(line -> assertThat(line).contains("load", "MB"));
  }

  @Test
  void itLeavesAnEmptyLine() {
    progress.stage("load", 100, "rows");
    progress.advance(100, null);
    progress.done();

    assertThat(text()).endsWith("\r\u001b[K");
  }

  @Test
  void aMessageScrollsByAboveTheBar() {
    progress.stage("load", 100, "rows");
    progress.message("3 tables truncated");
    progress.done();

    assertThat(text()).contains("\r\u001b[K3 tables truncated\n");
  }

  @Test
  void withoutColourThereIsNone() {
    progress.stage("load", 100, "rows");
    progress.advance(50, null);
    progress.done();

    assertThat(text().replace("\u001b[K", "")).doesNotContain("\u001b");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
