package dev.decant.lambda;

import static dev.decant.testing.SweepAnswers.names;
import static dev.decant.testing.SweepAnswers.why;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.aws.Ec2Client;
import dev.decant.aws.XmlElement;
import dev.decant.error.DecantException;
import dev.decant.log.EmbeddedMetrics;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The function with the APIs of moto, a real S3 API, and a real PostgreSQL as scratch server. */
@Needs(Component.MOTO)
final class SweepHandlerIT {
  private static final List<String> PROPERTIES =
      List.of(
          "aws.endpointUrlRds",
          "aws.endpointUrlSecretsManager",
          "aws.endpointUrlEcs",
          "aws.endpointUrlEc2",
          "aws.endpointUrlSfn");
  private static final String DEAD = "d".repeat(24);
  private static final String ALIVE = "a".repeat(24);
  private static final ContainerDefinition CONTAINER =
      ContainerDefinition.builder().name("decant").image("decant").memory(512).build();
  private static final String DRY = "{\"dryRun\": true}";
  private static final String WET = "{\"dryRun\": false}";

  private static MotoServer server;
  private static RdsClient rds;
  private static SecretsManagerClient secrets;
  private static SfnClient sfn;
  private static EcsClient ecs;
  private static String workflow;
  private static String cluster;

  private final String bucket = S3Server.running().newBucket();
  private final String location = "s3://" + bucket + "/sanitized";
  private final Map<String, String> environment = new HashMap<>();
  private Instant now = Instant.now().plus(Duration.ofHours(2));

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    S3Server.running();
    server = MotoServer.start(folder.resolve("moto.log"));
    PROPERTIES.forEach(name -> System.setProperty(name, server.endpoint()));
    System.setProperty("aws.region", "eu-central-1");
    rds = server.client(RdsClient.builder());
    secrets = server.client(SecretsManagerClient.builder());
    sfn = server.client(SfnClient.builder());
    ecs = server.client(EcsClient.builder());
    workflow =
        sfn.createStateMachine(
                r ->
                    r.name("decant-Sanitize")
                        .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}")
                        .roleArn("arn:aws:iam::123456789012:role/workflow"))
            .stateMachineArn();
    cluster = ecs.createCluster(r -> r.clusterName("workers")).cluster().clusterArn();
    sfn.startExecution(r -> r.stateMachineArn(workflow).name(ALIVE + "0123456789"));
    String ended = DEAD + "0123456789";
    String arn = sfn.startExecution(r -> r.stateMachineArn(workflow).name(ended)).executionArn();
    sfn.stopExecution(r -> r.executionArn(arn));
  }

  @AfterAll
  static void stop() {
    PROPERTIES.forEach(System::clearProperty);
    System.setProperty("aws.region", "us-east-1");
    if (ecs != null) {
      rds.close();
      secrets.close();
      sfn.close();
      ecs.close();
      server.close();
    }
  }

  @AfterEach
  void deleteInstances() {
    rds.describeDBInstances()
        .dbInstances()
        .forEach(
            each ->
                rds.deleteDBInstance(
                    r ->
                        r.dbInstanceIdentifier(each.dbInstanceIdentifier())
                            .skipFinalSnapshot(true)));
  }

  private JsonNode sweep(String event) throws IOException {
    environment.putIfAbsent("DECANT_STORE", location);
    environment.putIfAbsent("DECANT_WORKFLOW", workflow);
    environment.putIfAbsent("DECANT_CLUSTER", cluster);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SweepHandler(environment, () -> now)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new LambdaContext("r-1"));
    return JsonMapper.builder().build().readTree(answer.toByteArray());
  }

  @Test
  void onlyInstancesOfDeadRunsAreDeleted() throws IOException {
    instance("decant-scratch-" + DEAD, DEAD);
    instance("decant-scratch-" + DEAD + "-verify", DEAD);
    instance("decant-scratch-" + ALIVE, ALIVE);
    instance("decant-scratch-" + ALIVE + "-verify", ALIVE);
    instance("decant-scratch-production", null);
    instance("decant-scratch-other", DEAD);
    instance("shop", DEAD);

    assertThat(names(sweep(DRY), "found"))
        .containsExactly("decant-scratch-" + DEAD, "decant-scratch-" + DEAD + "-verify");
    assertThat(instances()).hasSize(7);

    JsonNode answer = sweep(WET);
    assertThat(names(answer, "deleted"))
        .containsExactly("decant-scratch-" + DEAD, "decant-scratch-" + DEAD + "-verify");
    assertThat(answer.path("status").asText()).isEqualTo("swept");
    assertThat(instances())
        .containsExactlyInAnyOrder(
            "decant-scratch-" + ALIVE,
            "decant-scratch-" + ALIVE + "-verify",
            "decant-scratch-production",
            "decant-scratch-other",
            "shop");
    assertThat(why(answer, "decant-scratch-" + ALIVE)).contains("is at work");
    assertThat(why(answer, "decant-scratch-production")).contains("does not have the tag");
    assertThat(why(answer, "decant-scratch-other")).contains("does not have the tag");
    assertThat(names(answer, "left")).doesNotContain("shop");
  }

  /**
   * Somebody removed the tag of a restored instance. It holds raw data, so an alarm must go off.
   */
  @Test
  void instanceOfARunWithoutItsTagIsReported() throws IOException {
    String untagged = "decant-scratch-" + "e".repeat(24);
    String foreign = "decant-scratch-" + "f".repeat(24);
    instance(untagged, null);
    instance(foreign, DEAD);

    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      JsonNode answer = sweep(WET);
      assertThat(names(answer, "failed")).containsExactlyInAnyOrder(untagged, foreign);
      assertThat(answer.path("status").asText()).isEqualTo("incomplete");
      assertThat(metrics.with("Orphans").getFirst().path("Orphans").asInt()).isEqualTo(2);
    }
    assertThat(instances()).hasSize(2);
  }

  /**
   * Two stacks in one region: the executions of one say nothing about the instances of the other.
   */
  @Test
  void resourceOfAnotherWorkflowStays() throws IOException {
    String name = "decant-scratch-" + DEAD;
    instance(name, DEAD, Tag.builder().key("decant:workflow").value(workflow + "-b").build());
    assertThat(why(sweep(WET), name)).isEqualTo("It belongs to the workflow " + workflow + "-b.");
    assertThat(instances()).containsExactly(name);

    environment.put("DECANT_WORKFLOW", workflow);
    deleteInstances();
    instance(name, DEAD, Tag.builder().key("decant:workflow").value(workflow).build());
    assertThat(names(sweep(WET), "deleted")).contains(name);
  }

  @Test
  void youngInstanceStays() throws IOException {
    now = Instant.now().plus(Duration.ofMinutes(30));
    instance("decant-scratch-" + DEAD, DEAD);

    assertThat(why(sweep(WET), "decant-scratch-" + DEAD)).contains("less than an hour");
    assertThat(instances()).hasSize(1);
  }

  /** Without the list of executions, nobody knows whose run is at work. */
  @Test
  void nothingOfARunGoesIfItsExecutionCannotBeLookedUp() throws IOException {
    instance("decant-scratch-" + DEAD, DEAD);
    secrets.createSecret(
        r ->
            r.name("decant/scratch/" + DEAD)
                .secretString("s")
                .tags(
                    software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                        .key("decant:run")
                        .value(DEAD)
                        .build()));
    environment.put("DECANT_WORKFLOW", workflow + "-other");

    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      JsonNode answer = sweep(WET);
      assertThat(answer.path("status").asText()).isEqualTo("incomplete");
      assertThat(answer.path("failed"))
          .extracting(each -> each.path("kind").asText())
          .contains("RDS instance", "secret");
      assertThat(metrics.with("Orphans")).isNotEmpty();
    }
    assertThat(instances()).hasSize(1);

    environment.put("DECANT_WORKFLOW", workflow);
    assertThat(names(sweep(WET), "deleted"))
        .containsExactly("decant-scratch-" + DEAD, "decant/scratch/" + DEAD);
    assertThat(secrets.listSecrets().secretList()).isEmpty();
  }

  @Test
  void clustersAndCopiesOfDeadRunsAreDeleted() throws IOException {
    for (String run : List.of(DEAD, ALIVE)) {
      instance("source-" + run, null);
      rds.createDBSnapshot(
          r ->
              r.dbInstanceIdentifier("source-" + run)
                  .dbSnapshotIdentifier("decant-copy-" + run)
                  .tags(tag(run)));
      rds.createDBCluster(
          r ->
              r.dbClusterIdentifier("decant-scratch-" + run)
                  .engine("aurora-postgresql")
                  .masterUsername("owner")
                  .masterUserPassword("password-of-the-test")
                  .tags(tag(run)));
      rds.createDBClusterSnapshot(
          r ->
              r.dbClusterIdentifier("decant-scratch-" + run)
                  .dbClusterSnapshotIdentifier("decant-copy-" + run)
                  .tags(tag(run)));
    }
    assertThat(names(sweep(WET), "deleted"))
        .containsExactly("decant-scratch-" + DEAD, "decant-copy-" + DEAD, "decant-copy-" + DEAD);
    assertThat(rds.describeDBSnapshots().dbSnapshots())
        .extracting(each -> each.dbSnapshotIdentifier())
        .contains("decant-copy-" + ALIVE)
        .doesNotContain("decant-copy-" + DEAD);
  }

  @Test
  void tasksOfDeadRunsAreStopped() throws IOException {
    ecs.registerTaskDefinition(r -> r.family("sanitize").containerDefinitions(CONTAINER));
    String dead = task(DEAD);
    String alive = task(ALIVE);

    JsonNode answer = sweep(WET);
    assertThat(names(answer, "deleted")).containsExactly(dead);
    assertThat(names(answer, "left")).contains(alive);
    assertThat(names(sweep(WET), "deleted")).isEmpty();
  }

  @Test
  void volumesOfDeadRunsAreDeleted() throws IOException {
    String dead =
        volume("decant:run", DEAD, "decant:workflow", workflow, "AmazonECSManaged", "true");
    String alive =
        volume("decant:run", ALIVE, "decant:workflow", workflow, "AmazonECSManaged", "true");
    String other =
        volume("decant:run", DEAD, "decant:workflow", workflow + "-b", "AmazonECSManaged", "true");
    String used =
        volume("decant:run", DEAD, "decant:workflow", workflow, "AmazonECSManaged", "true");
    attach(used);
    String notOfEcs = volume("decant:run", DEAD, "decant:workflow", workflow);
    String notOfDecant = volume("Name", "shop", "AmazonECSManaged", "true");

    assertThat(names(sweep(DRY), "found")).containsExactly(dead);
    assertThat(volumes()).contains(dead);

    JsonNode answer = sweep(WET);
    assertThat(names(answer, "deleted")).containsExactly(dead);
    assertThat(answer.path("status").asText()).isEqualTo("swept");
    assertThat(volumes()).contains(alive, other, used, notOfEcs, notOfDecant).doesNotContain(dead);
    assertThat(why(answer, alive)).contains("is at work");
    assertThat(why(answer, other)).contains("belongs to the workflow");

    now = Instant.now().plus(Duration.ofMinutes(30));
    String young =
        volume("decant:run", DEAD, "decant:workflow", workflow, "AmazonECSManaged", "true");
    assertThat(why(sweep(WET), young)).contains("less than an hour");
    assertThat(volumes()).contains(young);
    ec2("DeleteVolume", Map.of("VolumeId", young));
  }

  @Test
  void scratchDatabasesOfDeadRunsAreDropped() throws Exception {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      URI url = URI.create(database.url());
      environment.put(
          "DECANT_SCRATCH",
          "postgresql://%s:plain@%s:%d/%s"
              .formatted(database.name(), url.getHost(), url.getPort(), database.name()));
      String dead = "decant_scratch_x_00000007_20260101000000";
      String alive = "decant_scratch_x_00000008_20260101000000";
      scratch(database, dead, "2026-01-01T00:10:00Z");
      scratch(database, alive, "2999-01-01T00:10:00Z");

      assertThat(names(sweep(DRY), "found")).contains(dead).doesNotContain(alive);
      assertThat(names(sweep(WET), "deleted")).contains(dead).doesNotContain(alive);
      assertThat(names(sweep(DRY), "found")).doesNotContain(dead);
      database.asSuperuser("DROP DATABASE " + alive);
    }
  }

  @Test
  void storeIsSweptAndTheLastGoodSnapshotStays() throws IOException {
    now = Instant.now().plus(Duration.ofDays(60));
    environment.put("DECANT_KEEP_DAYS", "30");
    try (SnapshotStore store = Stores.open(location);
        EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      ShopSnapshot.publish(store);
      store.put("shop/production/dead.sql.zst", new byte[3]);
      store.put(".runs/probe-1.json", new byte[3]);
      SnapshotStore.Upload upload = store.upload("shop/production/half.sql.zst");
      upload.write(new byte[9 << 20], 0, 9 << 20);

      JsonNode dry = sweep(DRY);
      assertThat(names(dry, "found"))
          .containsExactly(
              location + "/shop/production/half.sql.zst",
              location + "/shop/production/dead.sql.zst");
      JsonNode answer = sweep(WET);

      assertThat(names(answer, "deleted")).isEqualTo(names(dry, "found"));
      assertThat(why(answer, ShopSnapshot.NAME.toString())).contains("one of the last good");
      assertThat(names(sweep(DRY), "found")).isEmpty();
      assertThat(store.stat(ShopSnapshot.NAME.key(".manifest.json"))).isPresent();
      assertThat(metrics.with("SnapshotAgeHours")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"dryrun\": true}", "{\"dryRun\": \"true\"}", "[]", "x"})
  void noMistakeInTheEventDeletesAnything(String event) {
    assertThatThrownBy(() -> sweep(event))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("USAGE: Sweep does not know this event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "all", "1.5"})
  void noRetentionSwitchesTheRuleOff(String days) {
    environment.put("DECANT_KEEP_DAYS", days);
    assertThatThrownBy(() -> sweep(WET)).hasMessageContaining("DECANT_KEEP_DAYS");
    environment.put("DECANT_KEEP_DAYS", "1");
    environment.put("DECANT_KEEP_LAST", days);
    assertThatThrownBy(() -> sweep(WET)).hasMessageContaining("DECANT_KEEP_LAST");
  }

  private static void scratch(PlainDatabase server, String name, String until) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      statement.execute("COMMENT ON DATABASE " + name + " IS 'decant lease until " + until + "'");
    }
  }

  private static software.amazon.awssdk.services.ecs.model.Tag taskTag(String key, String value) {
    return software.amazon.awssdk.services.ecs.model.Tag.builder().key(key).value(value).build();
  }

  /** moto does not state when a task was made, so that its tag says when it expires. */
  private static String task(String run) {
    return ecs.runTask(
            r ->
                r.cluster(cluster)
                    .taskDefinition("sanitize")
                    .launchType(LaunchType.FARGATE)
                    .tags(taskTag("decant:run", run), taskTag("decant:expires", "2026-01-01")))
        .tasks()
        .getFirst()
        .taskArn();
  }

  private static XmlElement ec2(String action, Map<String, String> parameters) {
    try (Ec2Client client = new Ec2Client()) {
      return client.call(action, parameters);
    }
  }

  private static String volume(String... tags) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("AvailabilityZone", "eu-central-1a");
    parameters.put("Size", "1");
    parameters.put("TagSpecification.1.ResourceType", "volume");
    for (int i = 0; i < tags.length; i += 2) {
      String tag = "TagSpecification.1.Tag." + (i / 2 + 1);
      parameters.put(tag + ".Key", tags[i]);
      parameters.put(tag + ".Value", tags[i + 1]);
    }
    return ec2("CreateVolume", parameters).child("volumeId").text();
  }

  private static void attach(String volume) {
    XmlElement instances =
        ec2("RunInstances", Map.of("ImageId", "ami-1", "MinCount", "1", "MaxCount", "1"))
            .child("instancesSet");
    String instance = instances.child("item").child("instanceId").text();
    ec2("AttachVolume", Map.of("VolumeId", volume, "InstanceId", instance, "Device", "/dev/sdf"));
  }

  private static List<String> volumes() {
    return ec2("DescribeVolumes", Map.of())
        .child("volumeSet")
        .children("item")
        .map(each -> each.child("volumeId").text())
        .toList();
  }

  private static Tag tag(String run) {
    return Tag.builder().key("decant:run").value(run).build();
  }

  private static void instance(String name, @Nullable String run, Tag... more) {
    List<Tag> tags = new ArrayList<>(List.of(more));
    if (run != null) {
      tags.add(tag(run));
    }
    rds.createDBInstance(
        r ->
            r.dbInstanceIdentifier(name)
                .dbInstanceClass("db.r6g.large")
                .engine("postgres")
                .allocatedStorage(20)
                .masterUsername("master")
                .masterUserPassword("password-of-the-test")
                .tags(tags));
  }

  private static List<String> instances() {
    return rds.describeDBInstances().dbInstances().stream()
        .map(each -> each.dbInstanceIdentifier())
        .toList();
  }
}
