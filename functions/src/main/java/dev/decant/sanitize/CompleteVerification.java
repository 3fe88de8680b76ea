package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a snapshot may be published although some of its objects are not verified. Nobody
 * has seen that these objects work over the masked rows. They have no rows themselves.
 *
 * @param required whether the option or the policy requires that all objects are verified
 */
record CompleteVerification(boolean required) {
  private static final Logger LOG = LoggerFactory.getLogger(CompleteVerification.class);

  static CompleteVerification of(SanitizeRequest request) {
    return new CompleteVerification(
        request.checks().complete() || request.policy().objects().allVerified());
  }

  /**
   * Logs the objects that are not verified.
   *
   * @throws DecantException that lists them, if complete verification is required
   */
  void require(List<Unverified.Item> items) {
    if (required && !items.isEmpty()) {
      throw error(items);
    }
    items.forEach(item -> LOG.info("Not verified: {}", item));
  }

  /** As {@link #require}, for a snapshot that was published before. */
  void requireOfPublished(Manifest manifest) {
    if (!required) {
      return;
    }
    List<Manifest.NotVerified> listed = manifest.notVerified();
    if (listed == null) {
      throw new DecantException(
          ErrorCode.NOT_VERIFIED,
          manifest.snapshot()
              + " was published by a version of decant that did not record which objects are not"
              + " verified, and complete verification is required. Sanitize the dump under another"
              + " name.");
    }
    require(listed.stream().map(o -> new Unverified.Item(0, o.object(), o.reason())).toList());
  }

  private static DecantException error(List<Unverified.Item> items) {
    return new DecantException(
        ErrorCode.NOT_VERIFIED,
        items.stream()
            .map(item -> "\n  " + item)
            .collect(
                Collectors.joining(
                    "",
                    "Complete verification is required, and these objects are not verified:",
                    "\nTo publish the snapshot with them, leave out"
                        + " --require-complete-verification, or require-complete-verification in"
                        + " the policy. Otherwise name a scratch server that can create them with"
                        + " --scratch, correct them, or leave them out of the dump.")));
  }
}
