package dev.decant.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks that docs/troubleshooting.md has each {@link ErrorCode} with its exit code. */
final class TroubleshootingDocTest {
  @Test
  void tableHasEachCodeThatARunReports() throws IOException {
    List<String> rows =
        Files.readAllLines(Documents.PROJECT.resolve("docs/troubleshooting.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows)
        .as("one row for each code, in the order of ErrorCode: | `CODE` | exit | again | … |")
        .extracting(row -> row.replaceFirst("^(\\| `\\w+` \\| \\d+ \\| \\w+ \\|).*", "$1"))
        .containsExactlyElementsOf(
            Arrays.stream(ErrorCode.values()).map(TroubleshootingDocTest::begin).toList());
  }

  @Test
  void eachRowSaysWhatHappenedAndWhatToDo() throws IOException {
    assertThat(Files.readAllLines(Documents.PROJECT.resolve("docs/troubleshooting.md")))
        .filteredOn(line -> line.startsWith("| `"))
        .allMatch(line -> line.matches(".*\\| [^|]+\\. \\| .+\\. \\|"));
  }

  private static String begin(ErrorCode code) {
    return "| `%s` | %d | %s |"
        .formatted(code, code.kind().exitCode(), code.retryable() ? "yes" : "no");
  }
}
