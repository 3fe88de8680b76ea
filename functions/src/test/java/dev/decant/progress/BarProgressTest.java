package dev.decant.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BarProgressTest {
  private int columns = 60;
  private long millis = 1000;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final BarProgress progress =
      new BarProgress(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          () -> columns,
          false,
          () -> millis * 1_000_000L);

  @Test
  void noLineIsAsWideAsTheTerminal() {
    progress.stage("load", 40_000_000, "B");
    progress.advance(10_000_000, "public.a_table_with_a_name_that_is_rather_long_for_a_terminal");
    progress.done();

    assertThat(Arrays.stream(text().split("\r")))
        .allSatisfy(line -> assertThat(line.replace("\u001b[K", "")).hasSizeLessThan(60))
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

  @Test
  void aWideTerminalHasALineForEachRunningTable() {
    columns = 120;
    progress.tables(
        List.of(
            new TableShare("public.user", 100, 1_000_000),
            new TableShare("public.order", 500, 3_000_000),
            new TableShare("public.empty", 0, 0)));
    progress.stage("rows", 4_000_000, "B");
    millis = 3000;
    progress.advance(1_000_000, 100, "public.user");
    progress.advance(1_000_000, 200, "public.order");
    millis = 3200;
    progress.tick();

    assertThat(frames().getLast())
        .isEqualTo(
            "rows  ###############---------------   50 %  2.0 MB of 4.0 MB  909.1 kB/s  300 rows"
                + "  1 of 2 tables  0:02 left\n"
                + "  public.order  ##------   33 %  1.0 MB of 3.0 MB  200 rows");
  }

  @Test
  void aNarrowTerminalHasOneLineWithWhatMattersMost() {
    columns = 40;
    progress.tables(List.of(new TableShare("public.order", 500, 4_000_000)));
    progress.stage("rows", 4_000_000, "B");
    millis = 3000;
    progress.advance(1_000_000, 200, "public.order");

    assertThat(frames().getLast()).isEqualTo("rows  ###------------   25 %  0:06 left");
  }

  @Test
  void whatWasDrawnOnAWiderTerminalIsTakenAwayWhole() {
    columns = 120;
    progress.tables(
        List.of(
            new TableShare("public.user", 100, 1_000_000),
            new TableShare("public.order", 500, 3_000_000)));
    progress.stage("rows", 4_000_000, "B");
    millis = 3000;
    progress.advance(500_000, 100, "public.user");
    millis = 3200;
    progress.advance(1_000_000, 200, "public.order");
    int lines = frames().getLast().split("\n", -1).length;
    assertThat(lines).isEqualTo(3);

    columns = 50; // the first of the three lines now takes three
    written.reset();
    progress.done();

    assertThat(text()).isEqualTo("\u001b[6A\r\u001b[J");
  }

  /** What was drawn, one after the other. */
  private List<String> frames() {
    return Arrays.stream(text().split("(\u001b\\[\\d+A)?\r\u001b\\[[KJ]", -1)).toList();
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
