package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStoreContract;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Uses the Secrets Manager API of moto. {@link SecretsIT} tests the answers that moto cannot give.
 */
@Needs(Component.MOTO)
final class SecretsManagerIT {
  private static final String ENDPOINT = "aws.endpointUrlSecretsManager";
  private static MotoServer server;
  private static SecretsManagerClient aws;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = MotoServer.start(folder.resolve("moto.log"));
    System.setProperty(ENDPOINT, server.endpoint());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    aws = server.client(SecretsManagerClient.builder());
  }

  @AfterAll
  static void stop() {
    System.clearProperty(ENDPOINT);
    if (aws != null) {
      aws.close();
      server.close();
    }
  }

  @Test
  void textSecretIsReadByItsArn() {
    String arn =
        aws.createSecret(secret -> secret.name("decant/key").secretString("c2VjcmV0\n")).arn();
    assertThat(Secrets.readText(arn)).isEqualTo("c2VjcmV0");
  }

  @Test
  void binarySecretIsReadByteForByte() {
    byte[] key = {0, -1, 10, 127};
    String arn =
        aws.createSecret(
                secret -> secret.name("decant/bytes").secretBinary(SdkBytes.fromByteArray(key)))
            .arn();
    assertThat(Secrets.read(arn)).isEqualTo(key);
  }

  @Test
  void newestVersionCounts() {
    String arn = aws.createSecret(secret -> secret.name("decant/new").secretString("old")).arn();
    aws.putSecretValue(value -> value.secretId(arn).secretString("new"));
    assertThat(Secrets.readText(arn)).isEqualTo("new");
  }

  @Test
  void secretThatIsNotThereIsTold() {
    String arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:none-AbCdEf";
    assertThatThrownBy(() -> Secrets.read(arn))
        .hasMessageContaining("The secret " + arn + " does not exist");
    SnapshotStoreContract.assertFails(ErrorCode.SETTING_INVALID, () -> Secrets.read(arn));
  }

  @Test
  void secretThatIsBeingDeletedIsTold() {
    String arn =
        aws.createSecret(secret -> secret.name("decant/gone").secretString("CANARY")).arn();
    aws.deleteSecret(secret -> secret.secretId(arn));
    assertThatThrownBy(() -> Secrets.read(arn))
        .hasMessageContaining("it is being deleted. Restore it.")
        .message()
        .doesNotContain("CANARY");
  }
}
