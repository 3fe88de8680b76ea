package dev.decant.cli;

import dev.decant.sanitize.SanitizeRequest.Checks;
import picocli.CommandLine.Option;

/** The options that say what is checked before a snapshot is published. */
final class PublicationChecks {
  /** The extent of the verification. */
  enum Verify {
    CONSTRAINTS,
    FULL
  }

  @Option(
      names = "--verify",
      paramLabel = "full",
      description = "Build every index as well, and restore the finished snapshot once more.")
  Verify verify = Verify.CONSTRAINTS;

  @Option(
      names = "--allow-no-rows",
      description =
          "Publish a snapshot even if it has no rows, for example of a pg_dump --schema-only.")
  boolean allowNoRows;

  @Option(
      names = "--require-complete-verification",
      description =
          "Publish nothing if an object could not be verified, and end with 13. Without this"
              + " option, such objects are listed. Default: the key of this name in the policy.")
  boolean complete;

  Checks checks() {
    return new Checks(verify == Verify.FULL, allowNoRows, complete);
  }
}
