package dev.decant.manifest;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.function.UnaryOperator;

/** A key that signs manifests. Any number of threads may use it. */
public sealed interface SigningKey {
  /** The key with which readers check the signatures. */
  PublicKey publicKey();

  /** Signs a message by the algorithm of the key. */
  byte[] sign(byte[] message) throws GeneralSecurityException;

  /** An Ed25519 key pair of this process. */
  record Pair(PrivateKey privateKey, PublicKey publicKey) implements SigningKey {
    @Override
    public byte[] sign(byte[] message) throws GeneralSecurityException {
      return SignatureAlgorithm.of(publicKey).sign(privateKey, message);
    }

    @Override
    public String toString() {
      return "SigningKey";
    }
  }

  /**
   * A key whose private part never leaves another service.
   *
   * @param signer asks the service for the signature of a message
   */
  record Remote(PublicKey publicKey, UnaryOperator<byte[]> signer) implements SigningKey {
    @Override
    public byte[] sign(byte[] message) {
      return signer.apply(message);
    }

    @Override
    public String toString() {
      return "SigningKey";
    }
  }
}
