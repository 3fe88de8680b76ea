package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.SigningKey;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.setting.KeyPairs.GeneratedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysIT {
  /** The public test key of RFC 8032, 7.1, test 1, as PKCS#8 and X.509. */
  private static final String RFC_PRIVATE =
      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

  private static final String RFC_PUBLIC =
      "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  private static final GeneratedKeys GENERATED = KeyPairs.generate();
  private static final byte[] BYTES = Base64.getDecoder().decode(GENERATED.maskingKey());
  private static final String FINGERPRINT = new MaskingKey(BYTES).fingerprint();

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void generatedKeysCanBeUsed() {
    Keys keys =
        keys(
            Map.of(
                "DECANT_KEY", GENERATED.maskingKey(),
                "DECANT_SIGNING_KEY", GENERATED.signingKey(),
                "DECANT_VERIFY_KEY", GENERATED.verifyKey()));

    assertThat(BYTES).hasSize(32);
    assertThat(keys.maskingKey().fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(keys.signingKey().map(SigningKey::publicKey)).isEqualTo(keys.verifyKey());
    assertThat(KeyPairs.generate().maskingKey()).isNotEqualTo(GENERATED.maskingKey());
  }

  @Test
  void publicKeyIsWorkedOutOfAPrivateOneFromElsewhere() {
    String pem = "-----BEGIN PRIVATE KEY-----\n" + RFC_PRIVATE + "\n-----END PRIVATE KEY-----\n";

    assertThat(KeyPairs.signingKey(RFC_PRIVATE).publicKey())
        .isEqualTo(KeyPairs.publicKey(RFC_PUBLIC));
    assertThat(KeyPairs.signingKey(pem).publicKey()).isEqualTo(KeyPairs.publicKey(RFC_PUBLIC));
  }

  @Test
  void lineEndsOfPemMayBeEscaped() {
    Keys keys =
        keys(
            Map.of(
                "DECANT_SIGNING_KEY", GENERATED.signingKey().replace("\n", "\\n"),
                "DECANT_VERIFY_KEY", GENERATED.verifyKey().replace("\n", "\\n")));

    assertThat(keys.signingKey().map(SigningKey::publicKey)).isEqualTo(keys.verifyKey());
  }

  @Test
  void fileCountsBeforeVariableBeforeSecret() throws Exception {
    Path file = keyFile(GENERATED.maskingKey() + "\n", "rw-------");
    String other = KeyPairs.generate().maskingKey();

    assertThat(
            keys(Map.of("DECANT_KEY_FILE", file.toString(), "DECANT_KEY", other))
                .maskingKey()
                .fingerprint())
        .isEqualTo(FINGERPRINT);
    assertThat(
            keys(Map.of("DECANT_KEY", GENERATED.maskingKey(), "DECANT_KEY_SECRET", "arn:x"))
                .maskingKey()
                .fingerprint())
        .isEqualTo(FINGERPRINT);
    assertThat(warnings).isEmpty();
  }

  @Test
  void theStoreOfTheMaskingKeyIsTheOneThatCounts() {
    assertThat(keys(Map.of()).maskingKeyStore()).isNull();
    assertThat(
            keys(Map.of("DECANT_KEY_FILE", "/k/masking.key", "DECANT_KEY", "x")).maskingKeyStore())
        .isEqualTo(new Manifest.KeyStore("file", null));
    assertThat(keys(Map.of("DECANT_KEY", "x", "DECANT_KEY_SECRET", "arn:x")).maskingKeyStore())
        .isEqualTo(new Manifest.KeyStore("environment", null));
    assertThat(keys(Map.of("DECANT_KEY_SECRET", "arn:x")).maskingKeyStore())
        .isEqualTo(new Manifest.KeyStore("secrets-manager", "arn:x"));
  }

  @Test
  void secretHoldsBase64OrBytes() {
    byte[] text = GENERATED.maskingKey().getBytes(StandardCharsets.UTF_8);
    byte[] bytes = BYTES.clone();
    bytes[0] = (byte) 0xff;

    assertThat(ofSecret(text).maskingKey().fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(ofSecret(bytes).maskingKey().fingerprint())
        .isEqualTo(new MaskingKey(bytes).fingerprint());
  }

  @Test
  void noKeySaysHowToMakeOne() {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> keys(Map.of()).maskingKey())
        .withMessageContaining("decant key")
        .withMessageContaining("--key-file")
        .withMessageContaining("DECANT_KEY_SECRET")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_MISSING));
    assertThat(keys(Map.of()).signingKey()).isEmpty();
    assertThat(keys(Map.of()).verifyKey()).isEmpty();
  }

  @Test
  void keyFileThatOthersCanReadIsWarnedOf() throws Exception {
    Path file = keyFile(GENERATED.maskingKey(), "rw-r-----");
    keys(Map.of("DECANT_KEY_FILE", file.toString())).maskingKey();

    assertThat(warnings).singleElement().asString().contains("chmod 600 " + file);
  }

  @Test
  void keysThatAreNoneAreToldWithoutTheKey() throws Exception {
    Path file = keyFile("Y2FuYXJ5", "rw-------");
    String canary = "canary-canary-canary-canary-canary-canary";
    for (Map<String, String> settings :
        List.of(
            Map.of("DECANT_KEY", canary),
            Map.of("DECANT_KEY", "Y2FuYXJ5"),
            Map.of("DECANT_KEY_FILE", file.toString()))) {
      invalid(() -> keys(settings).maskingKey());
    }
    for (String key :
        List.of(canary, "Y2FuYXJ5", GENERATED.verifyKey(), "-----BEGIN PRIVATE KEY-----canary")) {
      invalid(() -> keys(Map.of("DECANT_SIGNING_KEY", key)).signingKey());
    }
    for (String key : List.of(canary, "Y2FuYXJ5", GENERATED.signingKey(), folder.toString())) {
      invalid(() -> keys(Map.of("DECANT_VERIFY_KEY", key)).verifyKey());
    }
  }

  @Test
  void missingKeyFileIsTold() {
    Path missing = folder.resolve("missing");

    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> keys(Map.of("DECANT_KEY_FILE", missing.toString())).maskingKey())
        .withMessageContaining(missing.toString());
  }

  @Test
  void verifyKeyMayBeAFile() throws Exception {
    Path file = keyFile(GENERATED.verifyKey(), "rw-r--r--");
    Keys keys = keys(Map.of("DECANT_VERIFY_KEY", file.toString()));

    assertThat(keys.verifyKey().map(Signatures::keyId))
        .hasValue(Signatures.keyId(KeyPairs.publicKey(GENERATED.verifyKey())));
    assertThat(warnings).isEmpty();
  }

  @Test
  void nothingPrintsAKey() {
    assertThat(GENERATED.toString()).isEqualTo("GeneratedKeys");
    assertThat(KeyPairs.signingKey(GENERATED.signingKey()).toString()).isEqualTo("SigningKey");
    assertThat(keys(Map.of("DECANT_KEY", GENERATED.maskingKey())).maskingKey().toString())
        .isEqualTo("MaskingKey[" + FINGERPRINT + "]");
  }

  private static void invalid(Runnable act) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(act::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID))
        .satisfies(e -> assertThat(e).hasNoCause())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary", "Y2FuYXJ5"));
  }

  private Keys ofSecret(byte[] secret) {
    return keys(Map.of("DECANT_KEY_SECRET", "arn:x"), _ -> secret);
  }

  private Keys keys(Map<String, String> settings) {
    return keys(settings, KeysIT::noSecret);
  }

  private static byte[] noSecret(String arn) {
    throw new IllegalStateException("not asked for: " + arn);
  }

  private Keys keys(Map<String, String> settings, Function<String, byte[]> secrets) {
    return new Keys(new Settings(settings), secrets, warnings::add);
  }

  private Path keyFile(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
