package dev.decant.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the files that are packaged beside the classes. If one is missing, the jar is incomplete.
 */
public final class PackagedFile {
  private PackagedFile() {}

  /**
   * The bytes of a file.
   *
   * @param beside a class of the package that has the file
   * @throws IllegalStateException if the file does not exist
   */
  public static byte[] bytes(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The file " + name + " is not in the jar. Build the jar again.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The UTF-8 text of a file, under the same conditions. */
  public static String text(Class<?> beside, String name) {
    return new String(bytes(beside, name), StandardCharsets.UTF_8);
  }
}
