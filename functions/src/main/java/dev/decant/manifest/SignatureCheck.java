package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Optional;

/** What checking a manifest's signature found. */
public sealed interface SignatureCheck {
  /** Signed by the key that the reader trusts. */
  record Valid(String keyId) implements SignatureCheck {}

  /** Not signed. {@code keyGiven}: though the reader has a public key. */
  record Unsigned(boolean keyGiven) implements SignatureCheck {}

  /** Signed, by a key of this fingerprint; the reader has no public key to check it. */
  record Unverifiable(String keyId) implements SignatureCheck {}

  /** Changed after it was signed, or signed by another key than the reader's. */
  record Invalid(String reason) implements SignatureCheck {}

  /**
   * Refuses what a reader may not use: with a public key, whatever that key did not sign.
   *
   * @return what a reader without a public key must be told, in one line
   * @throws DecantException {@link ErrorCode#SIGNATURE_INVALID}
   */
  default Optional<String> require(SnapshotName snapshot) {
    return switch (this) {
      case Valid _ -> Optional.empty();
      case Unsigned(boolean keyGiven) when keyGiven ->
          throw refused(snapshot, "is not signed, and a public key is given");
      case Unsigned _ -> Optional.of("The manifest of " + snapshot + " is not signed.");
      case Unverifiable(String keyId) ->
          Optional.of(
              "The manifest of "
                  + snapshot
                  + " is signed by the key "
                  + keyId
                  + ", not checked: give its public key by DECANT_VERIFY_KEY.");
      case Invalid(String reason) -> throw refused(snapshot, reason);
    };
  }

  private static DecantException refused(SnapshotName snapshot, String reason) {
    return new DecantException(
        ErrorCode.SIGNATURE_INVALID,
        "The manifest of "
            + snapshot
            + " "
            + reason
            + ". Do not use this snapshot; check DECANT_VERIFY_KEY, and ask who publishes it.");
  }
}
