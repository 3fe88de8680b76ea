package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.policy.NamedFile;
import dev.decant.policy.Policy;
import dev.decant.policy.parse.PolicyParser;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the policy that a setting names: {@code s3://bucket/key}, or a file below a folder, for
 * example the folder of a function's package. Files that the policy names are next to it, in both
 * cases.
 */
public final class PolicyReader {
  private final PolicyParser parser;
  private final Path packageFolder;

  /** Resolves relative paths of policies against a folder. */
  public PolicyReader(PolicyParser parser, Path packageFolder) {
    this.parser = parser;
    this.packageFolder = packageFolder;
  }

  /**
   * Reads the policy at a location.
   *
   * @throws DecantException POLICY_INVALID, SOURCE_NOT_FOUND, or another error of reading the file
   */
  public Policy read(String location, Map<String, String> parameters) {
    NamedFile file = NamedFile.read("policy", location, packageFolder);
    return parser.parse(location, file.content(), file.beside(), parameters);
  }
}
