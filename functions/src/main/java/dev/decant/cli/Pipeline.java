package dev.decant.cli;

import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyParser;
import dev.decant.sanitize.PolicyReader;
import java.nio.file.Path;
import java.util.Map;

/** What several commands begin with. */
final class Pipeline {
  private Pipeline() {}

  /** The policy at a path or in S3, with these parameters. */
  static Policy policy(String location, Map<String, String> parameters) {
    return new PolicyReader(new PolicyParser(MaskCatalog.standard()), Path.of(""))
        .read(location, parameters);
  }
}
