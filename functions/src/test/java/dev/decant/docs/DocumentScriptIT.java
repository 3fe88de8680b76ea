package dev.decant.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong command of a document ends its script with an error. */
@Needs(Component.BASH)
final class DocumentScriptIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "sh, true, 0",
    "sh, 'echo a | grep -q a', 0",
    "sh, false, 99",
    "sh, 'false | cat', 99",
    "sh, nosuchcommand, 99",
    "sh exit=10, (exit 10), 0",
    "sh exit=10, (exit 11), 99",
    "sh exit=10, true, 99",
    "sh not-run, false, 0",
    "text, false, 0"
  })
  void aCommandMustEndAsTheBlockSays(String info, String command, int exitCode) throws Exception {
    assertThat(exitCode(new FencedBlock("a.md", 1, info, command + "\n"))).isEqualTo(exitCode);
  }

  @Test
  void aBlockIsSavedAndAppendedToAsTheReaderDoes() throws Exception {
    int exitCode =
        exitCode(
            new FencedBlock("a.md", 1, "yaml file=a.yaml", "a: $HOME\n"),
            new FencedBlock("a.md", 5, "yaml append=a.yaml", "b: 2\n"));

    assertThat(exitCode).isZero();
    assertThat(folder.resolve("a.yaml")).hasContent("a: $HOME\nb: 2\n");
  }

  private int exitCode(FencedBlock... blocks) throws Exception {
    Path script = folder.resolve("script");
    Files.writeString(script, DocumentScript.of(List.of(blocks)).text());
    ProcessBuilder bash =
        new ProcessBuilder(Component.BASH.program().toString(), script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    bash.environment().put("DECANT_STATE", folder.resolve("no-state").toString());
    return bash.start().waitFor();
  }
}
