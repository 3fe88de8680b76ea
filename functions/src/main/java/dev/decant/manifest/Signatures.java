package dev.decant.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.stream.Digests;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks manifests. A signature is made over the canonical JSON (RFC 8785) without the
 * field {@code signature}, by the {@link SignatureAlgorithm} of the key.
 */
public final class Signatures {
  private static final int FIELDS = 3;

  private Signatures() {}

  /**
   * The fingerprint of a public key: the first 32 hex digits of the SHA-256 of its X.509 encoding.
   */
  public static String keyId(PublicKey key) {
    return Digests.sha256(key.getEncoded()).substring(0, 32);
  }

  /** Signs a manifest. The signature replaces an existing one. */
  public static Manifest sign(Manifest manifest, SigningKey key) {
    String keyId = keyId(key.publicKey());
    Manifest named = manifest.signedBy(keyId);
    try {
      SignatureAlgorithm algorithm = SignatureAlgorithm.of(key.publicKey());
      byte[] message = ManifestJson.signed(ManifestJson.tree(named));
      byte[] signature = key.sign(message);
      if (!algorithm.verify(key.publicKey(), message, signature)) {
        throw new IllegalStateException("the public key does not belong to the private key");
      }
      String value = Base64.getEncoder().encodeToString(signature);
      return named.with(new Manifest.Signature(algorithm.label(), keyId, value));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Checks the signature of a manifest. It covers the bytes as they were read, including fields
   * that this version does not know.
   *
   * @param key the public key of the reader, or null if it has none
   * @param where the name of the manifest in messages
   */
  public static SignatureCheck verify(byte[] json, @Nullable PublicKey key, String where) {
    return verify(ManifestJson.tree(json, where), key);
  }

  static SignatureCheck verify(ObjectNode tree, @Nullable PublicKey key) {
    JsonNode field = tree.path("signature");
    if (field.isMissingNode() || field.isNull()) {
      return new SignatureCheck.Unsigned(key != null);
    }
    Manifest.Signature signature;
    try {
      signature = ManifestJson.MAPPER.treeToValue(field, Manifest.Signature.class);
    } catch (JsonProcessingException e) {
      return new SignatureCheck.Invalid("has a field signature that is not a signature");
    }
    if (field.size() != FIELDS) {
      return new SignatureCheck.Invalid("has a signature with fields that nobody has signed");
    }
    return key == null
        ? new SignatureCheck.Unverifiable(signature.keyId())
        : verify(tree, signature, key);
  }

  private static SignatureCheck verify(
      ObjectNode tree, Manifest.Signature signature, PublicKey key) {
    String keyId = keyId(key);
    SignatureAlgorithm algorithm = SignatureAlgorithm.of(key);
    if (!signature.keyId().equals(keyId)) {
      return new SignatureCheck.Invalid("is signed by another key than " + keyId);
    }
    if (!signature.algorithm().equals(algorithm.label())) {
      return new SignatureCheck.Invalid(
          "is not signed with the algorithm " + algorithm.label() + " of the key");
    }
    try {
      byte[] value = value(signature);
      if (algorithm.verify(key, ManifestJson.signed(tree), value)) {
        return new SignatureCheck.Valid(keyId);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The value is not a signature, or the manifest has no canonical form.
    }
    return new SignatureCheck.Invalid("was changed after it was signed");
  }

  /**
   * The bytes of a signature.
   *
   * @throws IllegalArgumentException if the text is not exactly the base64 that decant writes. The
   *     decoder of Java also accepts texts without padding and with other unused bits.
   */
  public static byte[] value(Manifest.Signature signature) {
    byte[] value = Base64.getDecoder().decode(signature.value());
    if (!Base64.getEncoder().encodeToString(value).equals(signature.value())) {
      throw new IllegalArgumentException("not the canonical base64");
    }
    return value;
  }
}
