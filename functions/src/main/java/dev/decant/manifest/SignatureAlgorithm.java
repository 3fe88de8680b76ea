package dev.decant.manifest;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;

/**
 * The algorithms of signatures. The key of the reader decides which one is used. The manifest only
 * states it, so nobody can choose a weaker one by editing a manifest.
 */
public enum SignatureAlgorithm {
  /** RFC 8032. Keys in files and in Secrets Manager are of this kind. */
  ED25519("Ed25519", "Ed25519"),
  /** FIPS 186-5 over the curve P-256, with signatures in DER. Keys in KMS are of this kind. */
  ECDSA_P256("ECDSA-P256-SHA256", "SHA256withECDSA");

  private final String label;
  private final String javaName;

  SignatureAlgorithm(String label, String javaName) {
    this.label = label;
    this.javaName = javaName;
  }

  /** The name in manifests. */
  public String label() {
    return label;
  }

  /**
   * The algorithm of a key.
   *
   * @throws IllegalArgumentException if manifests cannot be signed by such a key
   */
  public static SignatureAlgorithm of(PublicKey key) {
    return switch (key) {
      case EdECPublicKey ed
          when ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName()) ->
          ED25519;
      case ECPublicKey ec when isP256(ec.getParams()) -> ECDSA_P256;
      default -> throw new IllegalArgumentException("neither an Ed25519 nor a P-256 key");
    };
  }

  private static boolean isP256(ECParameterSpec curve) {
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec("secp256r1"));
      ECParameterSpec p256 = named.getParameterSpec(ECParameterSpec.class);
      return p256.getCurve().equals(curve.getCurve())
          && p256.getGenerator().equals(curve.getGenerator())
          && p256.getOrder().equals(curve.getOrder());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(javaName);
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  boolean verify(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(javaName);
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }
}
