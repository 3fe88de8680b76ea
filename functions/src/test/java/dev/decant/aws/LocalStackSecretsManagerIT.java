package dev.decant.aws;

import dev.decant.testing.Component;
import dev.decant.testing.LocalStack;
import dev.decant.testing.Needs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Uses the Secrets Manager of LocalStack. */
@Needs(Component.LOCALSTACK)
final class LocalStackSecretsManagerIT extends SecretsManagerContract {
  LocalStackSecretsManagerIT() throws Exception {
    super(LocalStack.running().client(SecretsManagerClient.builder()));
  }

  @BeforeAll
  static void use() throws Exception {
    LocalStack.running().use();
  }

  @AfterAll
  static void release() {
    LocalStack.release();
  }
}
