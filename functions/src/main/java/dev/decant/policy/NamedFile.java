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
 * A policy or a targets file where settings name it: {@code s3://bucket/key}, or a file below a
 * folder, a function's package for instance. Files that it names lie beside it, in either place.
 *
 * @param content at most one byte more than {@link PolicyFiles#MAX_BYTES}: the parser tells what is
 *     too large
 * @param beside reads the files beside it
 */
public record NamedFile(String location, byte[] content, PolicyFiles beside) {
  /**
   * Reads it.
   *
   * @param what it is, for errors
   * @param folder where relative paths begin
   * @throws DecantException SOURCE_NOT_FOUND, SOURCE_UNREADABLE and others of reading it
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

  /** What cannot be read is told as what it is: not as a dump, which has other exit codes. */
  private static byte[] named(String what, String location) {
    try {
      return content(what, location);
    } catch (DecantException e) {
      if (e.code().kind() != ErrorKind.INPUT && e.code() != ErrorCode.USAGE) {
        throw e;
      }
      String why =
          e.code() == ErrorCode.SOURCE_NOT_FOUND
              ? "The " + what + " " + location + " is not there. Check the path."
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
          ErrorCode.SOURCE_UNREADABLE, "the " + what + " " + location + " cannot be read", e);
    }
  }
}
