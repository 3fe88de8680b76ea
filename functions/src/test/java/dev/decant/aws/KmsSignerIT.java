package dev.decant.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.hook.AwsEndpoint;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.SignatureCheck;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.Snapshots;
import dev.decant.setting.Keys;
import dev.decant.setting.Settings;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Signs by KMS. moto answers for keys that cannot be used. */
@Needs(Component.MOTO)
final class KmsSignerIT {
  private static final String ENDPOINT = "aws.endpointUrlKms";
  private static MotoServer server;
  private static KmsClient aws;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path logs) throws IOException {
    server = MotoServer.start(logs.resolve("moto.log"));
    System.setProperty(ENDPOINT, server.endpoint());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    aws = server.client(KmsClient.builder());
  }

  @AfterAll
  static void stop() {
    System.clearProperty(ENDPOINT);
    if (aws != null) {
      aws.close();
      server.close();
    }
  }

  private static String key(KeySpec spec, KeyUsageType usage) {
    return aws.createKey(request -> request.keySpec(spec).keyUsage(usage)).keyMetadata().arn();
  }

  private static Keys keys(String variable, String value) {
    return new Keys(new Settings(Map.of(variable, value)), arn -> new byte[0], warning -> {});
  }

  /**
   * The publisher names the key, and readers have what {@code aws kms get-public-key} prints. moto
   * hashes a digest once more, so this endpoint answers as KMS does.
   */
  @Test
  @Needs({Component.MOTO, Component.OPENSSL})
  void aSnapshotThatKmsSignedIsVerifiedByThePublicKeyAlone() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] x509 = pair.getPublic().getEncoded();
    MemorySnapshotStore store = new MemorySnapshotStore();
    try (AwsEndpoint kms = new AwsEndpoint(ENDPOINT, request -> answer(pair, request))) {
      ShopSnapshot.publish(
          store,
          ShopSnapshot.NAME,
          50_000,
          keys("DECANT_SIGNING_KEY_KMS", "alias/decant").signingKey().orElseThrow());
      assertThat(kms.requests)
          .extracting(AwsEndpoint.Request::target)
          .containsExactly("TrentService.GetPublicKey", "TrentService.Sign", "TrentService.Sign");
      assertThat(kms.requests)
          .allSatisfy(request -> assertThat(request.body()).contains("\"alias/decant\""));
    } finally {
      System.setProperty(ENDPOINT, server.endpoint());
    }
    String printed = Base64.getEncoder().encodeToString(x509);

    PublishedManifest published =
        new Snapshots(store)
            .read(ShopSnapshot.NAME, keys("DECANT_VERIFY_KEY", printed).verifyKey().orElseThrow());

    assertThat(published.verification()).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(openssl(x509, published)).isEqualTo("Verified OK\n");
    assertThat(new Snapshots(store).read(ShopSnapshot.NAME, ShopSnapshot.KEY.publicKey()))
        .satisfies(other -> assertThat(other.verification().isRefused()).isTrue());
  }

  /** Signs the digest as it is, which the API of KMS calls the message type DIGEST. */
  private static AwsEndpoint.Answer answer(KeyPair pair, AwsEndpoint.Request request) {
    try {
      JsonNode body = new JsonMapper().readTree(request.body());
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      if (request.target().endsWith("GetPublicKey")) {
        return ok(answer.put("PublicKey", pair.getPublic().getEncoded()));
      }
      assertThat(body.get("MessageType").asText()).isEqualTo("DIGEST");
      assertThat(body.get("SigningAlgorithm").asText()).isEqualTo("ECDSA_SHA_256");
      Signature signature = Signature.getInstance("NONEwithECDSA");
      signature.initSign(pair.getPrivate());
      byte[] digest = body.get("Message").binaryValue();
      assertThat(digest).hasSize(32);
      signature.update(digest);
      return ok(answer.put("Signature", signature.sign()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AwsEndpoint.Answer ok(ObjectNode answer) {
    return new AwsEndpoint.Answer(200, "", answer.toString());
  }

  private String openssl(byte[] x509, PublishedManifest published) throws Exception {
    Path der = Files.write(folder.resolve("key.der"), x509);
    Path signed = Files.write(folder.resolve("signed.json"), published.signedBytes());
    Path signature =
        Files.write(
            folder.resolve("signature.bin"),
            Signatures.value(Objects.requireNonNull(published.manifest().signature())));
    Process process =
        new ProcessBuilder(
                Component.OPENSSL.program().toString(),
                "dgst",
                "-sha256",
                "-keyform",
                "DER",
                "-verify",
                der.toString(),
                "-signature",
                signature.toString(),
                signed.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeySpec.class,
      names = {"RSA_2048", "ECC_NIST_P384"})
  void keysOfOtherKindsAreRefusedBeforeTheRun(KeySpec spec) {
    String arn = key(spec, KeyUsageType.SIGN_VERIFY);
    assertThatThrownBy(() -> keys("DECANT_SIGNING_KEY_KMS", arn).signingKey())
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("ECC_NIST_P256");
  }

  @Test
  void aKeyThatDoesNotExistIsRefusedBeforeTheRun() {
    String arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000";
    assertThatThrownBy(() -> keys("DECANT_SIGNING_KEY_KMS", arn).signingKey())
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining("The KMS key " + arn + " does not exist");
  }
}
