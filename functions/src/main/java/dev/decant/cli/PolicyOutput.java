package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.check.PolicyDraft;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code decant init}.
 *
 * @param output the file of {@code --output}
 * @param update the policy that gets the missing rules
 * @param force whether the file of {@code --output} may be overwritten
 */
record PolicyOutput(@Nullable Path output, @Nullable Path update, boolean force) {
  /** The file that is written; null for stdout. */
  @Nullable Path file() {
    return output != null ? output : update;
  }

  boolean updates() {
    return update != null;
  }

  /** The policy that gets the missing rules; empty if a new one is written. */
  String before() {
    return update == null ? "" : read(update);
  }

  /** Refuses a file that would be overwritten unasked, and the source itself. */
  void require(String source) {
    Path file = file();
    if (file == null) {
      return;
    }
    if (!force && !file.equals(update) && Files.exists(file)) {
      throw exists(file);
    }
    if (isSource(file, source)) {
      throw new DecantException(
          ErrorCode.REFUSED, file + " is the source itself. Write the policy to another file.");
    }
  }

  /** Writes the policy. An update in place without a change leaves the file as it is. */
  void write(PolicyDraft draft) {
    Path file = file();
    if (file != null && (draft.changed() || !file.equals(update))) {
      write(file, draft.yaml());
    }
  }

  private static boolean isSource(Path file, String source) {
    try {
      return !source.contains("://")
          && Files.exists(file)
          && Files.exists(Path.of(source))
          && Files.isSameFile(file, Path.of(source));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          "The policy " + file + " does not exist. Write a new one with --output.",
          e);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID, "The policy " + file + " cannot be read as UTF-8 text.", e);
    }
  }

  private void write(Path file, String yaml) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file) && (force || file.equals(update))) {
        WholeFile.write(file, yaml);
      } else {
        Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          "The policy cannot be written to "
              + file
              + ". Check the folder, its permissions and its free space.",
          e);
    }
  }

  private static DecantException exists(Path file) {
    return new DecantException(
        ErrorCode.REFUSED,
        file
            + " exists, and init does not overwrite it. Add the missing rules with --update "
            + file
            + ", or write another file, or use --force.");
  }
}
