package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStoreContract;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Uses the RDS API of moto, which has no servers. {@code .ci/workflow} tests the function with
 * instances that are real servers.
 */
@Needs(Component.MOTO)
final class ScratchInstanceIT {
  private static final List<String> PROPERTIES =
      List.of("aws.endpointUrlRds", "aws.endpointUrlSecretsManager");
  private static MotoServer server;
  private static RdsClient rds;
  private static SecretsManagerClient secrets;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = MotoServer.start(folder.resolve("moto.log"));
    PROPERTIES.forEach(name -> System.setProperty(name, server.endpoint()));
    System.setProperty("aws.region", "eu-central-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    rds = server.client(RdsClient.builder());
    secrets = server.client(SecretsManagerClient.builder());
  }

  @AfterAll
  static void stop() {
    PROPERTIES.forEach(System::clearProperty);
    System.clearProperty("aws.region");
    if (rds != null) {
      rds.close();
      secrets.close();
      server.close();
    }
  }

  @Test
  void passwordIsSetAndOnlyTheSecretHasIt() {
    String run = "a".repeat(24);
    instance(run, run);

    String answer = call("reset-password", run);

    assertThat(answer).contains("\"secret\":\"decant/scratch/" + run + '"', "\"user\":\"master\"");
    assertThat(answer).doesNotContain(password(run));
    assertThat(password(run)).matches("[A-Za-z0-9]{40}");
    assertThat(found(run).backupRetentionPeriod()).isZero();
  }

  @Test
  void repeatedCallSetsSamePassword() {
    String run = "b".repeat(24);
    instance(run, run);
    call("reset-password", run);
    String first = password(run);

    call("reset-password", run);

    assertThat(password(run)).isEqualTo(first);
  }

  @Test
  void twoRunsHaveDifferentPasswords() {
    for (String run : List.of("1".repeat(24), "2".repeat(24))) {
      instance(run, run);
      call("reset-password", run);
    }
    assertThat(password("1".repeat(24))).isNotEqualTo(password("2".repeat(24)));
  }

  @Test
  void instanceWithoutTagOfTheRunIsNotChanged() {
    String run = "c".repeat(24);
    instance(run, "another run");

    assertThatThrownBy(() -> call("reset-password", run))
        .hasMessageContaining("does not have the tag decant:run=" + run);
    assertThatThrownBy(() -> password(run)).isInstanceOf(ResourceNotFoundException.class);
    assertThat(found(run).backupRetentionPeriod()).isEqualTo(7);
  }

  @Test
  void absentInstanceIsTold() {
    SnapshotStoreContract.assertFails(
        ErrorCode.DATABASE_FAILED, () -> call("login", "d".repeat(24)));
  }

  @Test
  void serverThatCannotBeReachedIsNotReady() {
    String run = "e".repeat(24);
    instance(run, run);
    call("reset-password", run);

    String answer = call("login", run);

    assertThat(answer).contains("\"ready\":false", "\"reason\":\"Connecting to ");
    assertThat(answer).doesNotContain(password(run));
  }

  @Test
  void forgottenSecretIsGoneAtOnceAndStaysAway() {
    String run = "f".repeat(24);
    instance(run, run);
    call("reset-password", run);

    assertThat(call("forget", run)).contains("\"forgotten\":true");
    assertThatThrownBy(() -> password(run)).isInstanceOf(ResourceNotFoundException.class);
    assertThat(call("forget", run)).contains("\"forgotten\":true");
  }

  @Test
  void damagedSecretIsNotShown() {
    String run = "9".repeat(24);
    instance(run, run);
    secrets.createSecret(r -> r.name("decant/scratch/" + run).secretString("CANARY"));

    assertThatThrownBy(() -> call("reset-password", run))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("has no field password")
        .hasNoCause()
        .message()
        .doesNotContain("CANARY");
  }

  private static String call(String action, String run) {
    String event =
        "{\"action\":\"%s\",\"instance\":\"decant-scratch-%s\",\"run\":\"%s\",\"database\":\"shop\"}"
            .formatted(action, run, run);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new ScratchInstanceHandler(Map.of())
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            answer,
            new LocalContext("ScratchInstance", Duration.ofMinutes(1)));
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static void instance(String run, String tag) {
    rds.createDBInstance(
        request ->
            request
                .dbInstanceIdentifier("decant-scratch-" + run)
                .dbInstanceClass("db.r6g.large")
                .engine("postgres")
                .allocatedStorage(20)
                .masterUsername("master")
                .masterUserPassword("production's own")
                .backupRetentionPeriod(7)
                .port(1)
                .tags(Tag.builder().key("decant:run").value(tag).build()));
  }

  private static DBInstance found(String run) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier("decant-scratch-" + run))
        .dbInstances()
        .getFirst();
  }

  private static String password(String run) {
    String secret = secrets.getSecretValue(r -> r.secretId("decant/scratch/" + run)).secretString();
    return secret.replaceAll(".*\"password\":\"([^\"]*)\".*", "$1");
  }
}
