package dev.decant.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files beside a policy or a targets file. */
@FunctionalInterface
public interface PolicyFiles {
  /** The largest allowed size of such a file, in bytes. */
  int MAX_BYTES = 16 << 20;

  /**
   * Reads a file.
   *
   * @param name the path relative to the policy, with {@code /}. {@link PolicyParser} has checked
   *     that the text of the path does not lead out of the folder of the policy.
   * @throws IOException if the file does not exist or cannot be read
   */
  byte[] read(String name) throws IOException;

  /** Reads the files of a folder. It refuses symbolic links that lead out of the folder. */
  static PolicyFiles in(Path folder) {
    return name -> {
      Path file;
      try {
        file = folder.resolve(name).toRealPath();
      } catch (InvalidPathException e) {
        throw new IOException("The path is not the name of a file on this system.", e);
      }
      if (!file.startsWith(folder.toRealPath())) {
        throw new IOException("The path leads out of the folder of the policy.");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("The file is larger than " + (MAX_BYTES >> 20) + " MB.");
      }
      return Files.readAllBytes(file);
    };
  }

  /** Reads nothing, for a policy that has no files beside it. */
  static PolicyFiles none() {
    return name -> {
      throw new NoSuchFileException(name);
    };
  }
}
