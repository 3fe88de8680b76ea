package dev.decant.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each command of the README and of {@code docs/} as it is written, from the top to the bottom
 * of a document, in a folder of its own. What a document printed is in {@code target/documents}.
 * {@code -Ddecant.document=README} runs the documents whose name has this text.
 */
@Needs(Component.BASH)
final class DocumentsIT {
  private static final Path LOGS = Path.of("target", "documents");
  private static final int MINUTES = 10;
  private static final int LAST_LINES = 40;

  @TempDir static Path folder;
  private static ReaderMachine machine;

  @BeforeAll
  static void start() throws IOException {
    // If the tests run as root, a server runs as nobody and has to pass through this folder.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    machine = ReaderMachine.in(folder.resolve("machine"));
    Files.createDirectories(LOGS);
  }

  static Stream<String> documentsWithCommands() {
    return Documents.forReaders().stream()
        .filter(document -> document.contains(System.getProperty("decant.document", "")))
        .filter(
            document ->
                Documents.blocks(document).stream()
                    .anyMatch(block -> block.isCommand() && !block.isNotRun()));
  }

  @ParameterizedTest
  @MethodSource("documentsWithCommands")
  void itsCommandsDoWhatTheReaderExpects(String document) throws Exception {
    DocumentScript script = DocumentScript.of(Documents.blocks(document));
    Path log = LOGS.resolve(document.replace('/', '-') + ".log").toAbsolutePath();

    assertThat(exitCode(document, script, log))
        .as("%s; the whole output is in %s:%n%s", document, log, lastLines(log))
        .isZero();
    Component.endWithout(script.missing());
  }

  private static int exitCode(String document, DocumentScript script, Path log) throws Exception {
    Path clone = machine.newClone(folder.resolve(document.replaceAll("\\W", "-")));
    try (ReaderServer server = ReaderServer.start()) {
      Process process =
          machine.bash(clone, server.adapted(script.text()), server.environment(), log);
      try {
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
        return process.exitValue();
      } finally {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
      }
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
