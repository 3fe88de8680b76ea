package dev.decant.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineProgressTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long seconds;
  private final LineProgress progress =
      new LineProgress(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          Duration.ofSeconds(10),
          () -> Duration.ofSeconds(seconds).toNanos());

  @Test
  void aShortStageSaysNothing() {
    progress.stage("load", 100, "B");
    seconds = 9;
    progress.advance(100, null);
    progress.done();

    assertThat(lines()).isEmpty();
  }

  @Test
  void aLongStageSaysOneLineEachInterval() {
    progress.stage("load", 40_000_000, "B");
    for (seconds = 1; seconds <= 20; seconds++) {
      progress.advance(1_000_000, "public.users");
    }

    assertThat(lines())
        .isEqualTo(
            """
            load: 10.0 MB of 40.0 MB (25 %), 10 s, 1.0 MB/s, 0:30 left, public.users
            load: 20.0 MB of 40.0 MB (50 %), 20 s, 1.0 MB/s, 0:20 left, public.users
            """);
  }

  @Test
  void rowsAndTablesAreCounted() {
    progress.tables(
        List.of(new TableShare("public.user", 9, 10_000_000), new TableShare("b", 9, 9)));
    progress.stage("rows", 40_000_000, "B");
    seconds = 10;
    progress.advance(10_000_000, 1234, "public.user");

    assertThat(lines())
        .isEqualTo(
            "rows: 10.0 MB of 40.0 MB (25 %), 10 s, 1.0 MB/s, 1,234 rows, 1 of 2 tables, 0:30"
                + " left, public.user\n");
  }

  @Test
  void aStageWithoutNewsSaysThatItGoesOn() {
    progress.stage("indexes", 3, "");
    seconds = 10;
    progress.tick();

    assertThat(lines()).isEqualTo("indexes: 0 of 3 (0 %), 10 s\n");
  }

  @Test
  void anUnknownTotalIsNotNamed() {
    progress.stage("load", -1, "rows");
    seconds = 10;
    progress.advance(1234, null);

    assertThat(lines()).isEqualTo("load: 1,234 rows, 10 s\n");
  }

  @Test
  void whatComesAfterAStageSaysNothing() {
    progress.stage("load", -1, "rows");
    progress.done();
    seconds = 60;
    progress.advance(1, null);

    assertThat(lines()).isEmpty();
  }

  @Test
  void messagesAreLines() {
    progress.message("3 tables truncated");

    assertThat(lines()).isEqualTo("3 tables truncated\n");
  }

  private String lines() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
