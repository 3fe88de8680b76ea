package dev.decant.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.junit.jupiter.api.Test;

final class BarProgressTest {
  private int columns = 60;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final BarProgress progress =
      new BarProgress(new PrintStream(written, true, StandardCharsets.UTF_8), () -> columns, false);

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
  void aWideTerminalHasALineForEachRunningTable() {
    columns = 120;
    rows();

    assertThat(lastFrame().split("\n"))
        .satisfiesExactly(
            stage ->
                assertThat(stage)
                    .startsWith("rows  50% [")
                    .contains("2000/4000 kB", "kB/s", " 300 rows, 1 of 2 tables"),
            table ->
                assertThat(table)
                    .startsWith("  public.order  ")
                    .contains(" 33% [", "1000/3000 kB", " 200 rows"));
  }

  @Test
  void aNarrowTerminalHasOneLineWithWhatMattersMost() {
    columns = 40;
    rows();

    assertThat(lastFrame())
        .startsWith("rows  50% [")
        .contains("2000/4000 kB")
        .doesNotContain("\n")
        .hasSizeLessThan(40);
  }

  @Test
  void noColourMeansNoColour() {
    columns = 120;
    rows();

    assertThat(text()).doesNotContainPattern("\u001b\\[[0-9;]*m");
  }

  @Test
  void whatWasDrawnOnAWiderTerminalIsTakenAwayWhole() {
    columns = 120;
    LastLines lines =
        new LastLines(new PrintStream(written, true, StandardCharsets.UTF_8), () -> columns);
    ProgressBarConsumer first = lines.open();
    lines.open().accept("b".repeat(110));
    first.accept("a".repeat(60));

    columns = 50; // two and three lines now
    written.reset();
    lines.close();

    assertThat(text()).isEqualTo("\u001b[4A\r\u001b[J");
  }

  @Test
  void nothingIsDrawnAfterTheEnd() {
    LastLines lines =
        new LastLines(new PrintStream(written, true, StandardCharsets.UTF_8), () -> columns);
    ProgressBarConsumer first = lines.open();
    lines.close();
    written.reset();
    first.accept("late");

    assertThat(text()).isEmpty();
  }

  private void rows() {
    progress.tables(
        List.of(
            new TableShare("public.user", 100, 1_000_000),
            new TableShare("public.order", 500, 3_000_000),
            new TableShare("public.empty", 0, 0)));
    progress.stage("rows", 4_000_000, "B");
    progress.advance(1_000_000, 100, "public.user");
    progress.advance(1_000_000, 200, "public.order");
    progress.done();
  }

  /** The lines that were drawn last before they were erased. */
  private String lastFrame() {
    return frames().reversed().stream().filter(frame -> !frame.isEmpty()).findFirst().orElse("");
  }

  /** All frames that were drawn, in order. */
  private List<String> frames() {
    return Arrays.stream(text().split("(\u001b\\[\\d+A)?\r\u001b\\[[KJ]", -1)).toList();
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
