package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.PolicyParser;
import dev.decant.store.Source;
import dev.decant.store.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the policy that settings name: {@code s3://bucket/key}, or a file below a folder, a
 * function's package for instance. Files that it names lie beside it, in either place.
 */
public final class PolicyReader {
  private final PolicyParser parser;
  private final Path packageFolder;

  /** Of policies whose relative paths begin at a folder. */
  public PolicyReader(PolicyParser parser, Path packageFolder) {
    this.parser = parser;
    this.packageFolder = packageFolder;
  }

  /**
   * The policy at a location.
   *
   * @throws DecantException POLICY_INVALID, SOURCE_NOT_FOUND and others of reading it
   */
  public Policy read(String location, Map<String, String> parameters) {
    if (location.startsWith("s3://")) {
      String folder = location.substring(0, location.lastIndexOf('/') + 1);
      return parser.parse(location, content(location), name -> beside(folder, name), parameters);
    }
    Path file = packageFolder.resolve(location);
    Path folder = file.toAbsolutePath().getParent();
    return parser.parse(
        location,
        content(file.toString()),
        folder == null ? PolicyFiles.none() : PolicyFiles.in(folder),
        parameters);
  }

  private static byte[] beside(String folder, String name) throws IOException {
    try {
      return content(folder + name);
    } catch (DecantException e) {
      if (e.code() == ErrorCode.SOURCE_NOT_FOUND) {
        throw new NoSuchFileException(name);
      }
      throw e;
    }
  }

  private static byte[] content(String location) {
    try (Source source = Sources.open(location);
        InputStream in = source.open()) {
      // One byte more than allowed: the parser tells what is too large.
      return in.readNBytes(PolicyFiles.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE, "the policy " + location + " cannot be read", e);
    }
  }
}
