package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Optional;

/** The result of checking the signature of a manifest. */
public sealed interface SignatureCheck {
  /** The manifest is signed by the key that the reader trusts. */
  record Valid(String keyId) implements SignatureCheck {}

  /**
   * The manifest is not signed.
   *
   * @param keyGiven whether the reader has a public key
   */
  record Unsigned(boolean keyGiven) implements SignatureCheck {}

  /**
   * The manifest is signed by a key with this fingerprint, but the reader has no public key to
   * check it.
   */
  record Unverifiable(String keyId) implements SignatureCheck {}

  /**
   * The manifest was changed after it was signed, or it is signed by another key than the reader's.
   */
  record Invalid(String reason) implements SignatureCheck {}

  /** Whether a reader must not use the manifest. */
  default boolean isRefused() {
    return switch (this) {
      case Valid _, Unverifiable _ -> false;
      case Unsigned(boolean keyGiven) -> keyGiven;
      case Invalid _ -> true;
    };
  }

  /**
   * Refuses a manifest that a reader must not use. A reader with a public key uses only manifests
   * that this key has signed.
   *
   * @return a warning in one line for a reader without a public key
   * @throws DecantException {@link ErrorCode#SIGNATURE_INVALID}
   */
  default Optional<String> require(SnapshotName snapshot) {
    return switch (this) {
      case Valid _ -> Optional.empty();
      case Unsigned(boolean keyGiven) when keyGiven ->
          throw refused(snapshot, "is not signed, although a public key is given");
      case Unsigned _ ->
          Optional.of(
              "No public key is configured, and the manifest of "
                  + snapshot
                  + " is not signed, so nothing proves who made the snapshot. The publisher signs"
                  + " manifests by `decant sanitize` with --signing-key-file, and readers set"
                  + " DECANT_VERIFY_KEY to the public key.");
      case Unverifiable(String keyId) ->
          Optional.of(
              "No public key is configured, so the signature of the manifest of "
                  + snapshot
                  + " by the key "
                  + keyId
                  + " was not checked. To check it, set DECANT_VERIFY_KEY to the public key of the"
                  + " publisher.");
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
            + ". Do not use this snapshot. Check DECANT_VERIFY_KEY, and ask the publisher of the"
            + " snapshot.");
  }
}
