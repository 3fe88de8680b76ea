package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.cli.LauncherEcho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts a JVM with the options that a template gives to each function. */
final class TemplateFlagsIT {
  private static final Pattern OPTIONS = Pattern.compile("JAVA_TOOL_OPTIONS: (.*)");

  private static Stream<String> options() throws IOException {
    String templates =
        Files.readString(Path.of("../template.yaml"))
            + Files.readString(Path.of("../template-refresh.yaml"));
    return OPTIONS.matcher(templates).results().map(found -> found.group(1));
  }

  @ParameterizedTest
  @MethodSource("options")
  void noFunctionWritesItsMemoryToADisk(String options) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LauncherEcho.class.getName());
    java.environment().put("JAVA_TOOL_OPTIONS", options);
    Process process = java.redirectError(ProcessBuilder.Redirect.DISCARD).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .contains(LauncherEcho.NO_DUMPS);
    assertThat(process.waitFor()).isZero();
  }

  /** CloudFormation would write such a secret into the function's configuration. */
  @Test
  void noSecretIsReadAtDeployment() throws IOException {
    for (String template : List.of("../template.yaml", "../template-refresh.yaml")) {
      assertThat(Files.readString(Path.of(template))).doesNotContain("{{resolve:");
    }
  }
}
