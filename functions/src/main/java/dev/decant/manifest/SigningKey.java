package dev.decant.manifest;

import java.security.PrivateKey;
import java.security.PublicKey;

/** An Ed25519 key pair that signs manifests. */
public record SigningKey(PrivateKey privateKey, PublicKey publicKey) {
  @Override
  public String toString() {
    return "SigningKey";
  }
}
