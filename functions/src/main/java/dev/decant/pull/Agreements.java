package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Asks a person about something that a repository brings, and remembers a yes by the content that
 * was asked about: the same content is asked about once, changed content is asked about again. The
 * memory is a file in the folder of state that its owner alone can read.
 */
public final class Agreements {
  private static final String FILE = "agreed";

  private final Path memory;
  private final Questions questions;

  /**
   * @param memory the folder that remembers; it is made with the first yes
   */
  public Agreements(Path memory, Questions questions) {
    this.memory = memory;
    this.questions = questions;
  }

  /**
   * Whether the person agrees, now or before.
   *
   * @param content what a yes is about
   * @param name tells people what the line in the memory is about; a yes counts for this name only
   * @return empty where nobody can be asked
   */
  Optional<Boolean> agreed(byte[] content, String name, String question) {
    String line = Digests.sha256(content) + "  " + name.replaceAll("\\p{Cntrl}", "?");
    Path file = memory.resolve(FILE);
    try {
      if (Files.exists(file) && Files.readAllLines(file).contains(line)) {
        return Optional.of(true);
      }
      Optional<Boolean> answer = questions.agree(question);
      if (answer.orElse(false)) {
        remember(file, line);
      }
      return answer;
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "Cannot read or write " + file + ", which remembers answers. Set DECANT_STATE.",
          e);
    }
  }

  private void remember(Path file, String line) throws IOException {
    Files.createDirectories(memory);
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }
}
