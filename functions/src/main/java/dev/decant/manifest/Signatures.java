package dev.decant.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.stream.Digests;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks manifests by Ed25519 (RFC 8032) over the canonical JSON (RFC 8785) without the
 * field {@code signature}.
 */
public final class Signatures {
  static final String ALGORITHM = "Ed25519";

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
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key.privateKey());
      signer.update(ManifestJson.signed(ManifestJson.tree(named)));
      String value = Base64.getEncoder().encodeToString(signer.sign());
      return named.with(new Manifest.Signature(ALGORITHM, keyId, value));
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
    if (!tree.hasNonNull("signature")) {
      return new SignatureCheck.Unsigned(key != null);
    }
    Manifest.Signature signature;
    try {
      signature = ManifestJson.MAPPER.treeToValue(tree.get("signature"), Manifest.Signature.class);
    } catch (JsonProcessingException e) {
      return new SignatureCheck.Invalid("has a field signature that is not a signature");
    }
    return key == null
        ? new SignatureCheck.Unverifiable(signature.keyId())
        : verify(tree, signature, key);
  }

  private static SignatureCheck verify(
      ObjectNode tree, Manifest.Signature signature, PublicKey key) {
    String keyId = keyId(key);
    if (!signature.algorithm().equals(ALGORITHM)) {
      return new SignatureCheck.Invalid("is not signed with the algorithm " + ALGORITHM);
    }
    if (!signature.keyId().equals(keyId)) {
      return new SignatureCheck.Invalid("is signed by another key than " + keyId);
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(ManifestJson.signed(tree));
      if (verifier.verify(Base64.getDecoder().decode(signature.value()))) {
        return new SignatureCheck.Valid(keyId);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The value is not a signature, or the manifest has no canonical form.
    }
    return new SignatureCheck.Invalid("was changed after it was signed");
  }
}
