package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.policy.NamedFile;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyParser;
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
    NamedFile file = NamedFile.read("policy", location, packageFolder);
    return parser.parse(location, file.content(), file.beside(), parameters);
  }
}
