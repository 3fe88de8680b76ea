package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.setting.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkerLimitsTest {
  private static WorkerLimits limits(String... settings) {
    return new WorkerLimits(
        new Settings(settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1])));
  }

  @ParameterizedTest
  @CsvSource({
    "a.sql, 1000",
    "a.tar, 1000",
    "a.SQL, 1000",
    "a.sql.zst, 5000",
    "a.dump, 5000",
    "a.tar.gz, 5000",
    "folder/, 5000",
    "a, 5000",
  })
  void compressedDumpsCountFiveTimes(String key, long text) {
    assertThat(WorkerLimits.text(key, 1000)).isEqualTo(text);
  }

  /** The disk decides with the usual settings, and the time if it is short. */
  @Test
  void lambdaIsLimitedByDiskAndByTime() {
    assertThat(limits().mostTextOnLambda()).isBetween(5_300_000_000L, 5_400_000_000L);
    assertThat(limits("DECANT_LAMBDA_DISK", "2048").mostTextOnLambda())
        .isBetween(1_070_000_000L, 1_080_000_000L);
    assertThat(limits("DECANT_LAMBDA_TIMEOUT", "300").mostTextOnLambda()).isEqualTo(3_000_000_000L);
    assertThat(limits().fitsLambda(limits().mostTextOnLambda())).isTrue();
    assertThat(limits().fitsLambda(limits().mostTextOnLambda() + 1)).isFalse();
  }

  @Test
  void taskGetsTheDiskThatTheDumpNeeds() {
    assertThat(limits().disk(0)).isEqualTo(21);
    assertThat(limits().disk(100L << 30)).isEqualTo(200);
    assertThat(limits().fitsTask(200)).isTrue();
    assertThat(limits().fitsTask(201)).isFalse();
    assertThat(limits("DECANT_TASK_DISK", "16384").fitsTask(10_000)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "DECANT_LAMBDA_WORKER, yes",
    "DECANT_SCALE, 1",
    "DECANT_LAMBDA_DISK, 10241",
    "DECANT_LAMBDA_TIMEOUT, -1",
    "DECANT_TASK_DISK, 20",
  })
  void wrongSettingsAreRefused(String setting, String value) {
    Settings settings = new Settings(Map.of(setting, value));
    assertThatThrownBy(
            () -> {
              var _ = settings.lambdaWorker();
              var _ = settings.scale();
              var _ = settings.lambdaDisk() + settings.lambdaTimeout() + settings.taskDisk();
            })
        .hasMessageStartingWith(setting + " must be ");
  }
}
