package dev.decant.setting;

import dev.decant.aws.KmsSigner;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SignatureAlgorithm;
import dev.decant.manifest.SigningKey;
import dev.decant.mask.cipher.MaskingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the settings name. A key file takes precedence over a variable, and a variable over
 * a secret. No message contains a key or a part of one.
 */
public final class Keys {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Settings settings;
  private final Function<String, byte[]> secrets;
  private final Consumer<String> warnings;

  /**
   * The keys of these settings.
   *
   * @param secrets reads the bytes of a secret of Secrets Manager by its ARN
   * @param warnings gets a warning for each key file that other accounts can read
   */
  public Keys(Settings settings, Function<String, byte[]> secrets, Consumer<String> warnings) {
    this.settings = settings;
    this.secrets = secrets;
    this.warnings = warnings;
  }

  /**
   * The masking key.
   *
   * @throws DecantException {@link ErrorCode#KEY_MISSING}, {@link ErrorCode#KEY_INVALID}
   */
  public MaskingKey maskingKey() {
    Found found =
        find(Setting.KEY_FILE, Setting.KEY, Setting.KEY_SECRET)
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.KEY_MISSING,
                        "There is no masking key. Make one with `decant key`, and keep it secret"
                            + " and safe, because another key gives other masked values. Then name"
                            + " it with --key-file, DECANT_KEY or DECANT_KEY_SECRET."));
    try {
      return new MaskingKey(found.key());
    } catch (IllegalArgumentException e) {
      throw invalid(
          found.where(),
          "base64 of " + MaskingKey.MIN_BYTES + " bytes or more",
          "`decant key` makes such a key, and with --output it writes it as masking.key");
    }
  }

  /** The place that {@link #maskingKey()} reads the masking key from; null if there is none. */
  public Manifest.@Nullable KeyStore maskingKeyStore() {
    if (settings.path(Setting.KEY_FILE).isPresent()) {
      return new Manifest.KeyStore("file", null);
    }
    if (settings.value(Setting.KEY).isPresent()) {
      return new Manifest.KeyStore("environment", null);
    }
    return settings
        .value(Setting.KEY_SECRET)
        .map(arn -> new Manifest.KeyStore("secrets-manager", arn))
        .orElse(null);
  }

  /** The signing key. If it is empty, manifests are not signed. */
  public Optional<SigningKey> signingKey() {
    return localKey().or(() -> settings.value(Setting.SIGNING_KEY_KMS).map(Keys::keyOfKms));
  }

  private static SigningKey keyOfKms(String key) {
    KmsSigner signer = new KmsSigner(key);
    try {
      PublicKey publicKey = KeyPairs.publicKey(signer.publicKey());
      if (SignatureAlgorithm.of(publicKey) != SignatureAlgorithm.ECDSA_P256) {
        throw new IllegalArgumentException("a key of another kind");
      }
      // A missing right must not end a run only after its last row.
      var _ = signer.sign(new byte[0]);
      return new SigningKey.Remote(publicKey, signer::sign);
    } catch (IllegalArgumentException e) {
      throw invalid(
          Setting.SIGNING_KEY_KMS.variable(),
          "the ARN of a key with the key spec ECC_NIST_P256",
          "`aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY` makes one");
    }
  }

  private Optional<SigningKey> localKey() {
    return find(Setting.SIGNING_KEY_FILE, Setting.SIGNING_KEY, Setting.SIGNING_KEY_SECRET)
        .map(
            found -> {
              try {
                return KeyPairs.signingKey(found.text());
              } catch (IllegalArgumentException e) {
                throw invalid(
                    found.where(),
                    "an Ed25519 private key in PKCS#8 form, as PEM or base64",
                    "`decant key` makes such a key");
              }
            });
  }

  /** The public key that readers trust; empty if none is set. */
  public Optional<PublicKey> verifyKey() {
    return settings.value(Setting.VERIFY_KEY).map(this::verifyKey);
  }

  private PublicKey verifyKey(String value) {
    try {
      return KeyPairs.publicKey(value);
    } catch (IllegalArgumentException e) {
      // The value is the name of a file. A path is never the base64 form of a key.
    }
    Optional<Path> file = settings.path(Setting.VERIFY_KEY).filter(Files::isRegularFile);
    try {
      return KeyPairs.publicKey(read(file.orElseThrow(IllegalArgumentException::new)));
    } catch (IllegalArgumentException e) {
      throw invalid(
          "the value of --verify-key or DECANT_VERIFY_KEY",
          "an Ed25519 or P-256 public key as PEM or base64, and does not name a file with one",
          "`decant key --output FOLDER` writes it as verify.key");
    }
  }

  /** A key, and the setting that it comes from. */
  private record Found(String where, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes of the key. Only a secret may hold them as they are; other places hold base64. */
    byte[] key() {
      try {
        return Pem.base64(text());
      } catch (IllegalArgumentException e) {
        if (where.equals(Setting.KEY_SECRET.variable())) {
          return bytes;
        }
        throw e;
      }
    }

    @Override
    public String toString() {
      return where;
    }
  }

  private Optional<Found> find(Setting file, Setting variable, Setting secret) {
    Optional<Path> path = settings.path(file);
    if (path.isPresent()) {
      warnIfShared(path.get());
      return Optional.of(
          new Found(
              "the key file " + path.get(), read(path.get()).getBytes(StandardCharsets.UTF_8)));
    }
    return settings
        .value(variable)
        .map(text -> new Found(variable.variable(), text.getBytes(StandardCharsets.UTF_8)))
        .or(
            () ->
                settings
                    .value(secret)
                    .map(arn -> new Found(secret.variable(), secrets.apply(arn))));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.KEY_MISSING,
          "The key file "
              + file
              + " cannot be read. Check that it exists and that you may read it.",
          e);
    }
  }

  private void warnIfShared(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        warnings.accept(
            "Warning: other accounts can read or change the key file "
                + file
                + ". Run: chmod 600 "
                + file);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Reading the file reports that it does not exist. Other systems have no such permissions.
    }
  }

  private static DecantException invalid(String where, String what, String how) {
    return new DecantException(
        ErrorCode.KEY_INVALID,
        Character.toUpperCase(where.charAt(0))
            + where.substring(1)
            + " does not hold "
            + what
            + ". Correct it; "
            + how
            + ".");
  }
}
