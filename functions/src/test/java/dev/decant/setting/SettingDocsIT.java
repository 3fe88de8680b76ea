package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that docs/settings.md has the same settings as {@link Setting}. */
final class SettingDocsIT {
  @Test
  void tableOfTheDocsIsThatOfTheCode() throws Exception {
    String expected =
        Stream.of(Setting.values()).map(SettingDocsIT::row).collect(Collectors.joining("\n"));

    assertThat(Files.readString(docs().resolve("settings.md")))
        .as("put this into docs/settings.md:\n%s", expected)
        .contains("| --- | --- | --- | --- |\n" + expected + "\n\n");
  }

  private static String row(Setting setting) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            setting.variable(),
            setting.option() == null ? "" : "`" + setting.option() + "`",
            setting.preset() == null ? "" : setting.preset(),
            setting.description());
  }

  /** The working folder of the build is the folder of the module. */
  private static Path docs() {
    return Path.of("").toAbsolutePath().resolveSibling("docs");
  }
}
