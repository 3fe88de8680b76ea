package dev.decant.setting;

import dev.decant.manifest.SignatureAlgorithm;
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
import java.util.List;

/** Generates keys, and converts keys to text and back. */
public final class KeyPairs {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final String ED25519 = "Ed25519";

  private KeyPairs() {}

  /**
   * New keys as text.
   *
   * @param maskingKey the base64 form of 32 secret bytes
   * @param signingKey the PEM form of the private key, which is a secret
   * @param verifyKey the PEM form of the public key, for readers of snapshots
   */
  public record GeneratedKeys(String maskingKey, String signingKey, String verifyKey) {
    @Override
    public String toString() {
      return "GeneratedKeys";
    }
  }

  /** Generates a masking key and a pair of keys for signatures. */
  public static GeneratedKeys generate() {
    byte[] key = new byte[MaskingKey.MIN_BYTES];
    new SecureRandom().nextBytes(key);
    SigningKey.Pair signing = generateSigningKey();
    return new GeneratedKeys(
        Base64.getEncoder().encodeToString(key),
        Pem.write(PRIVATE, signing.privateKey().getEncoded()),
        publicPem(signing.publicKey()));
  }

  /** Generates a pair of keys for signatures. */
  public static SigningKey.Pair generateSigningKey() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
      return new SigningKey.Pair(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The PEM form of a public key. */
  public static String publicPem(PublicKey key) {
    return Pem.write(PUBLIC, key.getEncoded());
  }

  /**
   * Reads a signing key from its PKCS#8 form as PEM or base64.
   *
   * @throws IllegalArgumentException if the text is not such a key
   */
  static SigningKey signingKey(String text) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ED25519)
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(PRIVATE, text)));
      return new SigningKey.Pair(key, publicKeyOf((EdECPrivateKey) key));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 private key", e);
    }
  }

  /**
   * Reads a public key from its X.509 form as PEM or base64. It is an Ed25519 key, or a P-256 key
   * of KMS.
   *
   * @throws IllegalArgumentException if the text is not such a key
   */
  static PublicKey publicKey(String text) {
    return publicKey(Pem.read(PUBLIC, text));
  }

  static PublicKey publicKey(byte[] x509) {
    for (String algorithm : List.of(ED25519, "EC")) {
      try {
        PublicKey key =
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(x509));
        var _ = SignatureAlgorithm.of(key);
        return key;
      } catch (GeneralSecurityException e) {
        // It is a key of another kind.
      }
    }
    throw new IllegalArgumentException("no public key");
  }

  /**
   * Computes the public key. The PKCS#8 form of OpenSSL and Java holds only the private key, and
   * Java has no method that computes the public one. Its generator computes it from random bytes,
   * which become the private key (RFC 8032, 5.1.5). So the generator gets the bytes of the given
   * key in place of random ones, and a signature then proves that both keys belong together.
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

  /** A source of given bytes in place of random ones. */
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
