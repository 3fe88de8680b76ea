package dev.decant.aws;

import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Uses the Secrets Manager of moto. */
@Needs(Component.MOTO)
final class SecretsManagerIT extends SecretsManagerContract {
  private static final String ENDPOINT = "aws.endpointUrlSecretsManager";
  private static @Nullable MotoServer server;

  SecretsManagerIT() {
    super(Objects.requireNonNull(server).client(SecretsManagerClient.builder()));
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = MotoServer.start(folder.resolve("moto.log"));
    System.setProperty(ENDPOINT, server.endpoint());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  static void stop() {
    System.clearProperty(ENDPOINT);
    if (server != null) {
      server.close();
    }
  }
}
