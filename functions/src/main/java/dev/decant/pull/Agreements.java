package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Asks a person about something that a repository contains, and remembers each yes together with
 * the content: the person is asked once for each content. The answers are in a file in the state
 * folder that only its owner can read.
 */
public final class Agreements {
  private static final String FILE = "agreed";

  private final Path memory;
  private final Questions questions;

  /**
   * @param memory the folder of the file, which is created with the first yes
   */
  public Agreements(Path memory, Questions questions) {
    this.memory = memory;
    this.questions = questions;
  }

  /**
   * Returns whether the person agrees, now or in an earlier run.
   *
   * @param content the content that a yes is about
   * @param name a description for people, which is part of the line in the file; a yes is valid for
   *     this name only
   * @return empty if nobody can be asked
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
      if (DiskFull.is(e)) {
        String remedy = "Free some space, or name a folder on a larger disk with DECANT_STATE.";
        throw DiskFull.error(memory, 1, "the file " + FILE + " with your answers", remedy, e);
      }
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "Cannot read or write "
              + file
              + ", which stores your answers. Set DECANT_STATE to a folder that you may write to.",
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
