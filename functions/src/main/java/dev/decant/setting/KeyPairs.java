package dev.decant.setting;

import dev.decant.manifest.SigningKey;
import dev.decant.mask.cipher.MaskingKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Makes keys, and turns them into text and back. */
public final class KeyPairs {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final String ED25519 = "Ed25519";

  private KeyPairs() {}

  /**
   * New keys, as text.
   *
   * @param maskingKey base64 of 32 bytes; a secret
   * @param signingKey PEM of the private key; a secret
   * @param verifyKey PEM of its public key, for readers
   */
  public record GeneratedKeys(String maskingKey, String signingKey, String verifyKey) {
    @Override
    public String toString() {
      return "GeneratedKeys";
    }
  }

  /** A masking key and a signing pair. */
  public static GeneratedKeys generate() {
    byte[] key = new byte[MaskingKey.MIN_BYTES];
    new SecureRandom().nextBytes(key);
    SigningKey signing = generateSigningKey();
    return new GeneratedKeys(
        Base64.getEncoder().encodeToString(key),
        Pem.write(PRIVATE, signing.privateKey().getEncoded()),
        publicPem(signing.publicKey()));
  }

  /** A signing pair. */
  public static SigningKey generateSigningKey() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A public key as PEM. */
  public static String publicPem(PublicKey key) {
    return Pem.write(PUBLIC, key.getEncoded());
  }

  /**
   * A signing key from PKCS#8, as PEM or base64.
   *
   * @throws IllegalArgumentException where it is none
   */
  static SigningKey signingKey(String text) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ED25519)
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(PRIVATE, text)));
      return new SigningKey(key, publicKeyOf((EdECPrivateKey) key));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 private key", e);
    }
  }

  /**
   * A public key from its X.509 form, as PEM or base64.
   *
   * @throws IllegalArgumentException where it is none
   */
  static PublicKey publicKey(String text) {
    try {
      return KeyFactory.getInstance(ED25519)
          .generatePublic(new X509EncodedKeySpec(Pem.read(PUBLIC, text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 public key", e);
    }
  }

  /**
   * PKCS#8 as OpenSSL and Java write it holds the private key alone, and Java has no call that
   * computes the public one. Its generator does, of the random bytes that it takes for the private
   * key (RFC 8032, 5.1.5); we hand it ours. The pair is then tried.
   */
  private static PublicKey publicKeyOf(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes().orElseThrow(GeneralSecurityException::new);
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
    generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
    PublicKey publicKey = generator.generateKeyPair().getPublic();
    Signature signature = Signature.getInstance(ED25519);
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    if (!signature.verify(signed)) {
      throw new IllegalStateException("this Java makes Ed25519 keys in another way");
    }
    return publicKey;
  }

  /** Not random at all. */
  private static final class GivenBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] given;

    GivenBytes(byte[] given) {
      this.given = given.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != given.length) {
        throw new IllegalStateException("this Java takes " + bytes.length + " bytes");
      }
      System.arraycopy(given, 0, bytes, 0, bytes.length);
    }
  }
}
