package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.Policy;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import java.util.Map;

/** What the sanitize command calls. */
final class Pipeline {
  private Pipeline() {}

  // TODO: new PolicyReader(new PolicyParser(Masks.standard()), Path.of("")).read(location,
  // parameters), once the masks are there.
  static Policy policy(String location, Map<String, String> parameters) {
    throw new DecantException(ErrorCode.BUG, "not wired yet: " + location + parameters.size());
  }

  // TODO: Sanitization.run(request), once it is there.
  static SanitizeResult sanitize(SanitizeRequest request) {
    throw new DecantException(ErrorCode.BUG, "not wired yet: " + request.name());
  }
}
