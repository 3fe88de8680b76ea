package dev.decant.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.ErrorCode;
import dev.decant.hook.AwsEndpoint;
import dev.decant.store.SnapshotStoreContract;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uses a server that gives the answers of Secrets Manager. */
final class SecretsIT {
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key";

  private int status = 200;
  private String answer = "";
  private final AwsEndpoint endpoint;

  SecretsIT() throws IOException {
    endpoint =
        new AwsEndpoint(
            "aws.endpointUrlSecretsManager", _ -> new AwsEndpoint.Answer(status, "", answer));
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void textAndBinarySecretsAreRead() {
    answer = "{\"SecretString\": \" c2VjcmV0\\n\"}";
    assertThat(Secrets.readText(ARN)).isEqualTo("c2VjcmV0");
    answer =
        "{\"SecretBinary\": \"" + Base64.getEncoder().encodeToString(new byte[] {0, -1, 1}) + "\"}";
    assertThat(Secrets.read(ARN)).containsExactly(0, -1, 1);
  }

  @Test
  void regionIsTheArns() {
    answer = "{\"SecretString\": \"x\"}";
    Secrets.read(ARN);
    assertThat(endpoint.requests.getFirst().authorization())
        .contains("/eu-central-1/secretsmanager/");
  }

  @Test
  void errorsSayWhatToDo() {
    status = 400;
    answer = "{\"__type\": \"ResourceNotFoundException\", \"Message\": \"x\"}";
    assertThatThrownBy(() -> Secrets.read(ARN))
        .hasMessage(
            "The secret " + ARN + " does not exist or has no value. Check its ARN and region.");
    answer = "{\"__type\": \"DecryptionFailure\"}";
    assertThatThrownBy(() -> Secrets.read(ARN)).hasMessageContaining("kms:Decrypt");
    answer = "{\"__type\": \"AccessDeniedException\"}";
    assertThatThrownBy(() -> Secrets.read(ARN))
        .hasMessageStartingWith("AWS denied secretsmanager:GetSecretValue on " + ARN);
    SnapshotStoreContract.assertFails(ErrorCode.STORE_DENIED, () -> Secrets.read(ARN));
  }
}
