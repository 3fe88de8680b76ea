package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import dev.decant.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;

/** The function with a real S3 API, and with the RDS API of moto. */
@Needs(Component.MOTO)
final class PlanRunHandlerIT {
  private static final String ENDPOINT = "aws.endpointUrlRds";
  private static final String ARN = "arn:aws:rds:eu-central-1:123456789012:";
  private static final List<String> FIELDS =
      List.of(
          "worker",
          "reason",
          "source",
          "service",
          "environment",
          "name",
          "bytes",
          "etag",
          "run",
          "disk",
          "volume",
          "engine",
          "engineVersion",
          "rds",
          "scale");
  private static MotoServer server;
  private static RdsClient rds;

  private final String raw = S3Server.running().newBucket();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("DECANT_STORE", "s3://sanitized/sanitized-snapshots"));

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    S3Server.running();
    server = MotoServer.start(folder.resolve("moto.log"));
    System.setProperty(ENDPOINT, server.endpoint());
    System.setProperty("aws.region", "eu-central-1");
    rds = server.client(RdsClient.builder());
    for (String engine : List.of("postgres", "mysql")) {
      rds.createDBInstance(
          request ->
              request
                  .dbInstanceIdentifier("shop-" + engine)
                  .engine(engine)
                  .engineVersion(engine.equals("postgres") ? "17.4" : "8.0")
                  .dbInstanceClass("db.t4g.micro")
                  .allocatedStorage(300)
                  .masterUsername("master")
                  .masterUserPassword("password-of-the-test"));
      rds.createDBSnapshot(
          request ->
              request.dbInstanceIdentifier("shop-" + engine).dbSnapshotIdentifier(engine + "-1"));
    }
    rds.createDBSnapshot(
        request ->
            request
                .dbInstanceIdentifier("shop-postgres")
                .dbSnapshotIdentifier("tagged")
                .tags(
                    Tag.builder().key("decant:service").value("Shop & Co").build(),
                    Tag.builder().key("decant:environment").value("eu").build()));
    rds.createDBCluster(
        request ->
            request
                .dbClusterIdentifier("orders")
                .engine("aurora-postgresql")
                .engineVersion("16.6")
                .masterUsername("owner")
                .masterUserPassword("password-of-the-test"));
    rds.createDBClusterSnapshot(
        request -> request.dbClusterIdentifier("orders").dbClusterSnapshotIdentifier("orders-1"));
  }

  @AfterAll
  static void stop() {
    System.clearProperty(ENDPOINT);
    System.setProperty("aws.region", "us-east-1");
    if (rds != null) {
      rds.close();
      server.close();
    }
  }

  private JsonNode plan(String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new PlanRunHandler(environment)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new LambdaContext("r-1"));
    JsonNode plan = JsonMapper.builder().build().readTree(answer.toByteArray());
    assertThat(plan.propertyStream().map(Map.Entry::getKey)).containsExactlyElementsOf(FIELDS);
    assertThat(plan.path("reason").asText()).isNotBlank();
    return plan;
  }

  private JsonNode planOf(String key, int bytes) throws IOException {
    try (SnapshotStore store = Stores.open("s3://" + raw)) {
      store.put(key, new byte[bytes]);
    }
    return plan("{\"source\": \"s3://" + raw + "/" + key + "\"}");
  }

  private JsonNode planOf(String snapshot) throws IOException {
    return plan("{\"source\": \"" + ARN + snapshot + "\"}");
  }

  private static String announced(String snapshot) {
    return """
    {"event": {"source": "aws.rds", "detail-type": "RDS DB Snapshot Event",
      "detail": {"SourceArn": "%s%s", "EventID": "RDS-EVENT-0042"}},
     "execution": "%s"}
    """
        .formatted(ARN, snapshot, "f".repeat(64));
  }

  @Test
  void dumpGetsATaskUnlessTheFunctionMayWork() throws IOException {
    String key = "snapshots/shop/production/x_20260323-060000.sql.zst";
    JsonNode task = planOf(key, 1000);
    assertThat(task.path("worker").asText()).isEqualTo("fargate");
    assertThat(task.path("source").asText()).isEqualTo("s3://" + raw + "/" + key);
    assertThat(task.path("service").asText()).isEqualTo("shop");
    assertThat(task.path("environment").asText()).isEqualTo("production");
    assertThat(task.path("name").asText()).isEqualTo("x_20260323-060000");
    assertThat(task.path("bytes").asLong()).isEqualTo(1000);
    assertThat(task.path("etag").asText()).isNotEmpty();
    assertThat(task.path("run").asText()).matches("[0-9a-f]{24}");
    assertThat(task.path("disk").asLong()).isEqualTo(21);
    assertThat(task.path("volume").asBoolean(true)).isFalse();
    assertThat(task.path("rds").isNull()).isTrue();

    environment.put("DECANT_LAMBDA_WORKER", "true");
    assertThat(planOf(key, 1000).path("worker").asText()).isEqualTo("lambda");
  }

  @Test
  void dumpThatIsTooLargeForTheFunctionGetsATask() throws IOException {
    environment.put("DECANT_LAMBDA_WORKER", "true");
    environment.put("DECANT_LAMBDA_DISK", "512");
    String key = "snapshots/shop/production/x_20260323-060000.sql.zst";
    assertThat(planOf(key, 53_600_000).path("worker").asText()).isEqualTo("lambda");
    JsonNode large = planOf(key, 53_800_000);
    assertThat(large.path("worker").asText()).isEqualTo("fargate");
    assertThat(large.path("reason").asText()).contains("more than the 268 MB");
  }

  /** The workflow and the worker must give the same name to an object without a time. */
  @Test
  void objectWithoutATimeGetsThatOfItsLastChange() throws IOException {
    assertThat(planOf("snapshots/shop/production/latest.sql", 10).path("name").asText())
        .matches("latest_\\d{8}-\\d{6}");
  }

  @Test
  void archiveInAFolderIsADump() throws IOException {
    String folder = "snapshots/shop/production/x_20260323-060000/";
    try (SnapshotStore store = Stores.open("s3://" + raw)) {
      store.put(folder + "toc.dat", new byte[100]);
      store.put(folder + "1.dat.gz", new byte[900]);
    }
    environment.put("DECANT_SCALE", "true");
    JsonNode plan = plan("{\"source\": \"s3://" + raw + "/" + folder + "\"}");
    assertThat(plan.path("worker").asText()).isEqualTo("fargate");
    assertThat(plan.path("bytes").asLong()).isEqualTo(1000);
    assertThat(plan.path("name").asText()).isEqualTo("x_20260323-060000");
    assertThat(plan.path("scale").isNull()).isTrue();
  }

  @Test
  void otherObjectsAreSkippedWithTheReason() throws IOException {
    JsonNode plan = plan("{\"source\": \"s3://" + raw + "/snapshots/a/b/c.sql.md5\"}");
    assertThat(plan.path("worker").asText()).isEqualTo("skip");
    assertThat(plan.path("reason").asText()).startsWith("The object is not named as a dump");
    assertThat(plan.path("source").asText()).endsWith("/snapshots/a/b/c.sql.md5");
  }

  @Test
  void missingObjectAndUnfitKeyAreErrors() {
    assertThatThrownBy(() -> plan("{\"source\": \"s3://" + raw + "/snapshots/a/b/c.sql\"}"))
        .hasMessageStartingWith("SOURCE_NOT_FOUND: s3://" + raw + "/snapshots/a/b/c.sql does not");
    assertThatThrownBy(() -> planOf("snapshots/c.sql", 1)).hasMessageStartingWith("USAGE: The key");
  }

  @Test
  void snapshotOfAnInstanceIsRestored() throws IOException {
    JsonNode plan = plan(announced("snapshot:postgres-1"));
    assertThat(plan.path("worker").asText()).isEqualTo("rds");
    assertThat(plan.path("source").asText()).isEqualTo(ARN + "snapshot:postgres-1");
    assertThat(plan.path("service").asText()).isEqualTo("shop-postgres");
    assertThat(plan.path("environment").asText()).isEqualTo("production");
    assertThat(plan.path("name").asText()).matches("shop-postgres_\\d{8}-\\d{6}");
    assertThat(plan.path("bytes").asLong()).isEqualTo(300L << 30);
    assertThat(plan.path("engine").asText()).isEqualTo("postgres");
    assertThat(plan.path("engineVersion").asText()).isEqualTo("17.4");
    assertThat(plan.path("disk").asLong()).isEqualTo(200);
    String run = "f".repeat(24);
    assertThat(plan.path("run").asText()).isEqualTo(run);
    JsonNode restore = plan.path("rds");
    assertThat(restore.path("kind").asText()).isEqualTo("instance");
    assertThat(restore.path("snapshot").asText()).isEqualTo("postgres-1");
    // It is not encrypted, and the copy is.
    assertThat(restore.path("copy").asBoolean(false)).isTrue();
    assertThat(restore.path("instance").asText()).isEqualTo("decant-scratch-" + run);
    assertThat(restore.path("copyName").asText()).isEqualTo("decant-copy-" + run);
    assertThat(restore.path("cluster").isNull()).isTrue();
    assertThat(restore.path("master").asText()).isEqualTo("master");
    assertThat(Instant.parse(restore.path("expires").asText())).isAfter(Instant.now());
    assertThat(plan.path("scale").isNull()).isTrue();

    environment.put("DECANT_TASK_DISK", "16384");
    JsonNode volume = plan(announced("snapshot:postgres-1"));
    assertThat(volume.path("volume").asBoolean()).isTrue();
    assertThat(volume.path("disk").asLong()).isEqualTo(600);
  }

  @Test
  void snapshotThatIsTooLargeForATaskGetsAServerIfThatIsEnabled() throws IOException {
    environment.put("DECANT_TASK_DISK", "599");
    assertThat(planOf("snapshot:postgres-1").path("scale").isNull()).isTrue();

    environment.put("DECANT_SCALE", "true");
    JsonNode plan = planOf("snapshot:postgres-1");
    assertThat(plan.path("worker").asText()).isEqualTo("rds");
    assertThat(plan.path("reason").asText()).contains("several tasks");
    assertThat(plan.path("scale").path("major").asText()).isEqualTo("17");
    assertThat(plan.path("scale").path("storage").asLong()).isEqualTo(600);
    assertThat(plan.path("scale").path("expires")).isEqualTo(plan.path("rds").path("expires"));

    environment.put("DECANT_TASK_DISK", "600");
    assertThat(planOf("snapshot:postgres-1").path("scale").isNull()).isTrue();
  }

  @Test
  void snapshotOfAClusterIsRestoredAsACluster() throws IOException {
    JsonNode plan = planOf("cluster-snapshot:orders-1");
    assertThat(plan.path("worker").asText()).isEqualTo("rds");
    assertThat(plan.path("engine").asText()).isEqualTo("aurora-postgresql");
    assertThat(plan.path("rds").path("kind").asText()).isEqualTo("cluster");
    assertThat(plan.path("rds").path("cluster")).isEqualTo(plan.path("rds").path("instance"));
    assertThat(plan.path("rds").path("master").asText()).isEqualTo("owner");
  }

  @Test
  void tagsNameServiceAndEnvironment() throws IOException {
    environment.put("DECANT_SERVICE", "other");
    JsonNode plan = planOf("snapshot:tagged");
    assertThat(plan.path("service").asText()).startsWith("Shop-Co-");
    assertThat(plan.path("environment").asText()).isEqualTo("eu");
    assertThat(planOf("snapshot:postgres-1").path("service").asText()).isEqualTo("other");
  }

  @Test
  void announcedSnapshotThatCannotBeSanitizedIsSkipped() throws IOException {
    for (Map.Entry<String, String> each :
        Map.of(
                "mysql-1", "is of mysql, not PostgreSQL",
                "deleted-since", "does not exist any more",
                "decant-copy-0123", "belongs to a run of decant",
                "rds:decant-scratch-0123", "belongs to a run of decant")
            .entrySet()) {
      JsonNode plan = plan(announced("snapshot:" + each.getKey()));
      assertThat(plan.path("worker").asText()).as(each.getKey()).isEqualTo("skip");
      assertThat(plan.path("reason").asText()).contains(each.getValue());
      assertThat(plan.path("source").asText()).isEqualTo(ARN + "snapshot:" + each.getKey());
      assertThatThrownBy(() -> planOf("snapshot:" + each.getKey()))
          .hasMessageStartingWith("SOURCE_NOT_FOUND: ")
          .hasMessageContaining(each.getValue());
    }
  }
}
