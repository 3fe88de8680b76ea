package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.log.EmbeddedMetrics;
import dev.decant.testing.Canaries;
import dev.decant.testing.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process {@code decant} with {@code DECANT_LOG_FORMAT=json}, as a container runs it. */
final class JsonLogIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String POLICY = "version: 1\ntables: { public.t: { keep: [id, c, n] } }\n";

  @TempDir Path folder;
  private final List<JsonNode> lines = new ArrayList<>();
  private final List<String> raw = new ArrayList<>();

  @Test
  void eachEventIsALineAndTheResultIsOnStdout() throws Exception {
    String out = run(0, CanaryFault.rows(), "--json");

    assertThat(JSON.readTree(out).path("status").asText()).isEqualTo("published");
    assertThat(events())
        .containsSubsequence("sanitize-begin", "stage", "table", "sanitize-end")
        .contains("message", "sanitize-metrics", "stage-metrics");
    JsonNode table = lines.get(events().indexOf("table"));
    assertThat(table.path("table").asText()).isEqualTo("public.t");
    assertThat(table.path("rows").asLong()).isEqualTo(3);
    raw.stream()
        .filter(line -> line.contains("\"_aws\""))
        .forEach(line -> EmbeddedMetrics.checked(line + "\n"));
  }

  @Test
  void aFailureIsOneLineWithItsCodeAndShowsNoRow() throws Exception {
    run(12, CanaryFault.rows().replace("n bigint", "n date"), "--debug");

    JsonNode failed = lines.get(events().indexOf("failed"));
    assertThat(failed.path("code").asText()).isEqualTo("DATABASE_FAILED");
    assertThat(failed.path("exitCode").asInt()).isEqualTo(12);
    assertThat(failed.path("message").asText()).contains("public.t", "row 1");
    assertThat(failed.path("stack").toString()).contains("dev.decant.");
    assertThat(Canaries.in(raw.toString())).isEmpty();
  }

  @Test
  void anUnknownFormatIsReported() throws Exception {
    Process process = start("xml", CanaryFault.rows());

    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
        .contains("DECANT_LOG_FORMAT=xml is not a format of the log. Write text or json.");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private List<String> events() {
    return lines.stream().map(line -> line.path("event").asText()).toList();
  }

  private String run(int exitCode, String dump, String option) throws Exception {
    Process process = start("json", dump, option);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(exitCode);
    for (String line : Files.readAllLines(folder.resolve("stderr"))) {
      raw.add(line);
      lines.add(JSON.readTree(line));
    }
    return out;
  }

  private Process start(String format, String dump, String... more) throws IOException {
    Path file = Files.write(folder.resolve("dump.sql"), CanaryFault.file(dump));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                MemoryFolder.option(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "sanitize",
                file.toString(),
                "--policy",
                policy.toString(),
                "--to",
                folder.resolve("store").toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DECANT_LOG_FORMAT", format);
    builder.environment().put("DECANT_KEY", "A".repeat(43) + "=");
    return format.equals("json")
        ? builder.redirectError(folder.resolve("stderr").toFile()).start()
        : builder.start();
  }
}
