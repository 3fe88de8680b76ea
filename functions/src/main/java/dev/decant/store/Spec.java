package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where something is, as people write it: a path, a {@code file:} URI, {@code scheme://…}. */
final class Spec {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(?://.*)?");

  private Spec() {}

  /**
   * The local path that it names. Another scheme is an error that names the scheme only: the rest
   * may hold a password.
   *
   * @param what for the message: "source", "store"
   * @param accepted for the message: what may stand there
   */
  static Path path(String spec, String what, String accepted) {
    if (spec.isBlank()) {
      throw usage("The " + what + " is empty. " + accepted);
    }
    try {
      if (spec.startsWith("file:")) {
        return fileUri(spec);
      }
      Matcher scheme = SCHEME.matcher(spec);
      if (scheme.matches()) {
        throw usage("A " + what + " cannot be " + scheme.group(1) + "://…. " + accepted);
      }
      return Path.of(spec);
    } catch (IllegalArgumentException e) {
      throw new DecantException(
          ErrorCode.USAGE, spec + " is not a path that this system knows. " + accepted, e);
    }
  }

  private static Path fileUri(String spec) {
    String rest = spec.substring("file:".length());
    return rest.startsWith("//")
        ? Path.of(URI.create(spec))
        : Path.of(URI.create("file:" + absolute(rest)));
  }

  private static String absolute(String path) {
    if (!path.startsWith("/")) {
      throw new InvalidPathException(path, "a file: URI needs an absolute path");
    }
    return path;
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }
}
