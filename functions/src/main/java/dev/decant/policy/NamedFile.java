package dev.decant.policy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.location.Location;
import dev.decant.location.LocationParser;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A policy or a targets file that a setting names: {@code s3://bucket/key}, or a file below a
 * folder, for example the package of a function. The files that it names lie beside it in both
 * cases.
 *
 * @param content the bytes of the file, at most one more than {@link PolicyFiles#MAX_BYTES}, so
 *     that the parser can report a file that is too large
 * @param beside reads the files beside it
 */
public record NamedFile(String location, byte[] content, PolicyFiles beside) {
  /**
   * Reads the file.
   *
   * @param what the kind of the file, for messages
   * @param folder the folder of relative paths
   * @throws DecantException SOURCE_NOT_FOUND, SOURCE_UNREADABLE and other errors of reading
   */
  public static NamedFile read(String what, String location, Path folder) {
    return switch (new LocationParser(what, "Name a file or s3://bucket/key.").parse(location)) {
      case Location.S3 _ -> {
        String prefix = location.substring(0, location.lastIndexOf('/') + 1);
        yield new NamedFile(
            location, named(what, location), name -> beside(what, prefix + name, name));
      }
      case Location.Local local -> {
        Path file = folder.resolve(local.path());
        Path parent = file.toAbsolutePath().getParent();
        yield new NamedFile(
            location,
            named(what, file.toString()),
            parent == null ? PolicyFiles.none() : PolicyFiles.in(parent));
      }
    };
  }

  /** Reports a file that cannot be read under its kind, because the exit codes of a dump differ. */
  private static byte[] named(String what, String location) {
    try {
      return content(what, location);
    } catch (DecantException e) {
      if (e.code().kind() != ErrorKind.INPUT && e.code() != ErrorCode.USAGE) {
        throw e;
      }
      String why =
          e.code() == ErrorCode.SOURCE_NOT_FOUND
              ? "The " + what + " " + location + " does not exist. Check the path."
              : "The " + what + " " + location + " cannot be read: " + e.getMessage();
      throw new DecantException(ErrorCode.USAGE, why, e);
    }
  }

  private static byte[] beside(String what, String location, String name) throws IOException {
    try {
      return content(what, location);
    } catch (DecantException e) {
      if (e.code() == ErrorCode.SOURCE_NOT_FOUND) {
        throw new NoSuchFileException(name);
      }
      throw e;
    }
  }

  private static byte[] content(String what, String location) {
    try (Source source = Sources.open(location);
        InputStream in = source.open()) {
      return in.readNBytes(PolicyFiles.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "The " + what + " " + location + " cannot be read. Check that it is readable.",
          e);
    }
  }
}
