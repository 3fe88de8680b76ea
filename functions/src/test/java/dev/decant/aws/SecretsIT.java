package dev.decant.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses a server that gives the answers of Secrets Manager. */
final class SecretsIT {
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key";
  private static final String ENDPOINT = "aws.endpointUrlSecretsManager";

  private final HttpServer server;
  private int status = 200;
  private String answer = "";
  private String authorization = "";

  SecretsIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body = answer.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @BeforeEach
  void start() {
    server.start();
    System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty(ENDPOINT);
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
    assertThat(authorization).contains("/eu-central-1/secretsmanager/");
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
