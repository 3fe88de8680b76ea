package dev.decant.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files beside a policy, or a targets file. */
@FunctionalInterface
public interface PolicyFiles {
  /** The most bytes that such a file may have. */
  int MAX_BYTES = 16 << 20;

  /**
   * The content of a file.
   *
   * @param name relative to the policy, with {@code /}; {@link PolicyParser} has seen to it that it
   *     does not lead out of the policy's folder by its text
   * @throws IOException where there is no such file, or it cannot be read
   */
  byte[] read(String name) throws IOException;

  /** The files of a folder; symbolic links that lead out of it are refused. */
  static PolicyFiles in(Path folder) {
    return name -> {
      Path file;
      try {
        file = folder.resolve(name).toRealPath();
      } catch (InvalidPathException e) {
        throw new IOException("is no file's name here", e);
      }
      if (!file.startsWith(folder.toRealPath())) {
        throw new IOException("leads out of the policy's folder");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("is larger than " + (MAX_BYTES >> 20) + " MB");
      }
      return Files.readAllBytes(file);
    };
  }

  /** For a policy that stands alone. */
  static PolicyFiles none() {
    return name -> {
      throw new NoSuchFileException(name);
    };
  }
}
