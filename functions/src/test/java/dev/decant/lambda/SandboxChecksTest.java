package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SandboxChecksTest {
  private static Map<String, Object> check(String name, int megabytes, Duration remaining) {
    List<Map<String, Object>> answers =
        new SandboxChecks(Path.of("/tmp")).answers(megabytes, remaining);
    return answers.stream()
        .filter(answer -> name.equals(answer.get("name")))
        .findAny()
        .orElseThrow();
  }

  @Test
  void enoughIsOkAndNeedsNoWayOut() {
    for (String name : List.of("memory", "timeLimit")) {
      assertThat(check(name, 2048, Duration.ofMinutes(15)))
          .containsEntry("ok", true)
          .doesNotContainKey("wayOut");
    }
  }

  @Test
  void tooLittleMemoryNamesTheSettingAndTheOtherWorkers() {
    assertThat(check("memory", 512, Duration.ofMinutes(15)))
        .containsEntry("ok", false)
        .containsEntry("seen", "512 MB")
        .extractingByKey("wayOut")
        .asString()
        .contains("MemorySize", "Scratch", "Fargate");
  }

  @Test
  void aShortTimeLimitNamesTheSetting() {
    assertThat(check("timeLimit", 2048, Duration.ofSeconds(30)))
        .containsEntry("ok", false)
        .extractingByKey("wayOut")
        .asString()
        .contains("Timeout of 900 s");
  }

  @Test
  void aFolderThatDoesNotExistHasNoSpace() {
    assertThat(new SandboxChecks(Path.of("/nowhere/at/all")).answers(2048, Duration.ofMinutes(15)))
        .anySatisfy(
            answer -> assertThat(answer).containsEntry("name", "disk").containsEntry("ok", false));
  }
}
