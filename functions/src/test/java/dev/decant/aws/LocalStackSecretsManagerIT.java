package dev.decant.aws;

import dev.decant.testing.Component;
import dev.decant.testing.LocalStack;
import dev.decant.testing.Needs;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Uses the Secrets Manager of LocalStack. */
@Needs(Component.LOCALSTACK)
@ExtendWith(LocalStack.Use.class)
final class LocalStackSecretsManagerIT extends SecretsManagerContract {
  LocalStackSecretsManagerIT() throws Exception {
    super(LocalStack.running().client(SecretsManagerClient.builder()));
  }
}
