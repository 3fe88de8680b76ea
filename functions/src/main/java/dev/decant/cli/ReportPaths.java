package dev.decant.cli;

import dev.decant.check.CheckFinding;
import dev.decant.check.CheckResult;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths of policy and source in the form that tools need to annotate a repository: relative to
 * its folder, with {@code /}.
 *
 * @param policy null if the policy is no file
 * @param source null if the source is no file
 */
record ReportPaths(@Nullable String policy, @Nullable String source) {
  /** How messages name sources that are no files. */
  static final String STDIN = "standard input";

  static final String DATABASE = "the database ";

  /** A line of a file; 0 if the line is not known. */
  record Place(String path, long line) {}

  static ReportPaths of(CheckResult result, Map<String, String> environment) {
    String workspace = environment.getOrDefault("GITHUB_WORKSPACE", "");
    return new ReportPaths(
        relative(result.policy(), workspace), relative(result.source(), workspace));
  }

  /** The place in the policy if the finding has a line there, or else the place in the source. */
  Optional<Place> place(CheckFinding finding) {
    if (policy != null && (finding.line() > 0 || finding.sourceLine() == 0 || source == null)) {
      return Optional.of(new Place(policy, finding.line()));
    }
    return source == null ? Optional.empty() : Optional.of(new Place(source, finding.sourceLine()));
  }

  private static @Nullable String relative(String location, String workspace) {
    if (location.equals(STDIN) || location.contains("://") || location.startsWith(DATABASE)) {
      return null;
    }
    try {
      Path here = Path.of(workspace).toAbsolutePath().normalize();
      Path file = Path.of("").toAbsolutePath().resolve(location).normalize();
      Path shown = file.startsWith(here) ? here.relativize(file) : file;
      return shown.toString().replace('\\', '/');
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
