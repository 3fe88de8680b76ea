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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

  @Test
  void serverWithoutTheSubnetGroupOfTheStackIsRefused() {
    assertThatThrownBy(() -> createServer("5".repeat(24), "absent"))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("The subnet group or the parameter group");
  }

  @Test
  void serverIsPrivateTaggedAndHasThePasswordOfTheSecret()
      throws IOException, InterruptedException {
    String run = "7".repeat(24);
    String id = run + "-verify";
    subnetGroup();

    String answer = createServer(run);

    assertThat(answer).contains("\"secret\":\"decant/scratch/" + id + '"', "\"user\":\"decant\"");
    assertThat(password(id)).matches("[A-Za-z0-9]{40}");
    assertThat(answer).doesNotContain(password(id));
    DBInstance created = found(id);
    assertThat(created.publiclyAccessible()).isFalse();
    assertThat(created.storageEncrypted()).isTrue();
    assertThat(created.backupRetentionPeriod()).isZero();
    assertThat(created.allocatedStorage()).isEqualTo(400);
    assertThat(created.tagList())
        .extracting(Tag::key)
        .contains("decant:run", "decant:workflow", "decant:expires");

    // A call that is repeated, because its answer was lost, finds its server.
    assertThat(createServer(run)).isEqualTo(answer);
  }

  @Test
  void serverOfAnotherRunIsNotTaken() {
    String run = "6".repeat(24);
    instance(run + "-verify", "another run");
    assertThatThrownBy(() -> createServer(run))
        .hasMessageContaining("does not have the tag decant:run=" + run);
  }

  /** Makes the subnet group of the sample in the default network of moto. */
  private static void subnetGroup() throws IOException, InterruptedException {
    HttpRequest describe =
        HttpRequest.newBuilder(
                URI.create(server.endpoint() + "/?Action=DescribeSubnets&Version=2016-11-15"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/ec2/aws4_request, s")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String subnets = client.send(describe, HttpResponse.BodyHandlers.ofString()).body();
      List<String> ids =
          Pattern.compile("subnet-[0-9a-f]+")
              .matcher(subnets)
              .results()
              .map(MatchResult::group)
              .distinct()
              .toList();
      rds.createDBSubnetGroup(
          r ->
              r.dbSubnetGroupName("decant-scratch")
                  .dbSubnetGroupDescription("of the test")
                  .subnetIds(ids));
    }
  }

  private static String createServer(String run) throws IOException {
    return createServer(run, "decant-scratch");
  }

  private static String createServer(String run, String subnets) throws IOException {
    String sample =
        Files.readString(Path.of("..", "events", "scratch-instance-create-server.json"));
    return handled(
        sample
            .replace("0123456789abcdef01234567", run)
            .replace("\"decant-scratch\"", '"' + subnets + '"')
            .replace("decant-postgres17", "default.postgres17"));
  }

  private static String call(String action, String run) {
    return handled(
        "{\"action\":\"%s\",\"instance\":\"decant-scratch-%s\",\"run\":\"%s\",\"database\":\"shop\"}"
            .formatted(action, run, run));
  }

  private static String handled(String event) {
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
