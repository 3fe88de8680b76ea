package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStoreContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The behavior of each server that offers the API of Secrets Manager. {@link SecretsIT} tests the
 * answers that such servers cannot give.
 */
abstract class SecretsManagerContract {
  private final SecretsManagerClient aws;

  /**
   * @param aws a client of the server to which Secrets Manager leads
   */
  SecretsManagerContract(SecretsManagerClient aws) {
    this.aws = aws;
  }

  @AfterEach
  void close() {
    aws.close();
  }

  /** Names are new, because a server keeps its secrets for several classes of tests. */
  private static String name() {
    return "decant/" + UUID.randomUUID();
  }

  @Test
  void textSecretIsReadByItsArn() {
    String arn = aws.createSecret(secret -> secret.name(name()).secretString("c2VjcmV0\n")).arn();
    assertThat(Secrets.readText(arn)).isEqualTo("c2VjcmV0");
  }

  @Test
  void binarySecretIsReadByteForByte() {
    byte[] key = {0, -1, 10, 127};
    String arn =
        aws.createSecret(secret -> secret.name(name()).secretBinary(SdkBytes.fromByteArray(key)))
            .arn();
    assertThat(Secrets.read(arn)).isEqualTo(key);
  }

  @Test
  void newestVersionCounts() {
    String arn = aws.createSecret(secret -> secret.name(name()).secretString("old")).arn();
    aws.putSecretValue(value -> value.secretId(arn).secretString("new"));
    assertThat(Secrets.readText(arn)).isEqualTo("new");
  }

  @Test
  void missingSecretIsReported() {
    String arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:none-AbCdEf";
    assertThatThrownBy(() -> Secrets.read(arn))
        .hasMessageContaining("The secret " + arn + " does not exist");
    SnapshotStoreContract.assertFails(ErrorCode.SETTING_INVALID, () -> Secrets.read(arn));
  }

  @Test
  void secretThatIsBeingDeletedIsReported() {
    String arn = aws.createSecret(secret -> secret.name(name()).secretString("CANARY")).arn();
    aws.deleteSecret(secret -> secret.secretId(arn));
    assertThatThrownBy(() -> Secrets.read(arn))
        .hasMessageContaining("it is being deleted. Restore it.")
        .message()
        .doesNotContain("CANARY");
  }
}
