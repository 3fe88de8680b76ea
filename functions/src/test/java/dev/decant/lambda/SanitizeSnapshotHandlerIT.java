package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.demo.ShopDump;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.log.EmbeddedMetrics;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.store.Stores;
import dev.decant.testing.Canaries;
import dev.decant.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function with the real pipeline, an embedded PostgreSQL and a real S3 API. */
final class SanitizeSnapshotHandlerIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String KEY = "snapshots/shop/production/shop_20260323-060000.sql";
  private static final String NAME = "shop/production/shop_20260323-060000";
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path disk;
  @TempDir Path task;
  private final String raw = S3Server.running().newBucket();
  private final String sanitized = S3Server.running().newBucket();

  @BeforeEach
  void packageHoldsThePolicy() throws IOException {
    ShopFunction.open(disk);
    function().packPolicy();
  }

  private ShopFunction function() {
    return new ShopFunction(task, sanitized);
  }

  private void land(String key, long bytes) {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    ShopDump.write(dump, bytes, 1);
    try (SnapshotStore store = Stores.open("s3://" + raw)) {
      store.put(key, dump.toByteArray());
    }
  }

  private JsonNode call(String event, Duration left) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SanitizeSnapshotHandler(Wiring.ofSandbox(function().environment(disk)))
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)),
            answer,
            new LocalContext("SanitizeSnapshot", left));
    return JSON.readTree(answer.toByteArray());
  }

  /** The sample of S3's own notification in events/, with the bucket and the key of this test. */
  private String notification(String key) throws IOException {
    JsonNode event = JSON.readTree(Path.of("../events/s3-notification.json").toFile());
    JsonNode s3 = event.path("Records").path(0).path("s3");
    ((ObjectNode) s3.path("bucket")).put("name", raw);
    ((ObjectNode) s3.path("object")).put("key", key);
    return event.toString();
  }

  private List<String> published() {
    try (SnapshotStore store = Stores.open("s3://" + sanitized)) {
      return store.list("").stream()
          .map(StoredObject::key)
          .filter(key -> !key.contains("/.runs/"))
          .toList();
    }
  }

  private void assertDiskIsClean() throws IOException {
    try (Stream<Path> all = Files.walk(disk)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
    try (Stream<Path> runs = Files.list(disk.resolve("decant-work"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void theNotificationOfS3PublishesWhatLandedOnce() throws IOException {
    land(KEY, 200_000);
    // A notification URL-encodes keys.
    String event = notification("snapshots/shop/production/shop%5F20260323-060000.sql");

    JsonNode answer;
    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      answer = call(event, LONG);
      assertMetrics(metrics, answer);
    }

    assertThat(answer.path("status").asText()).isEqualTo("published");
    assertThat(answer.path("snapshot").asText()).isEqualTo(NAME);
    assertThat(answer.path("rows").asLong()).isPositive();
    assertThat(published())
        .contains(
            "sanitized-snapshots/" + NAME + ".sql.zst",
            "sanitized-snapshots/" + NAME + ".manifest.json");
    assertDiskIsClean();
    assertThat(call(event, LONG).path("status").asText()).isEqualTo("duplicate");
  }

  /** The same object by S3's notification, by EventBridge and by hand. */
  @Test
  void keyWithUnusualCharactersIsReadHoweverItIsAnnounced() throws IOException {
    String key = "snapshots/shop/production/K\u00e4se + a=b:c%41 _20260323-060000.SQL";
    land(key, 100_000);

    JsonNode answer = call(notification(URLEncoder.encode(key, UTF_8)), LONG);
    assertThat(answer.path("status").asText()).isEqualTo("published");
    assertThat(answer.path("snapshot").asText())
        .matches("shop/production/Kase-a-b-c-41-_20260323-060000-[0-9a-f]{8}");

    ObjectNode bridge =
        (ObjectNode) JSON.readTree(Path.of("../events/eventbridge-object-created.json").toFile());
    ((ObjectNode) bridge.path("detail").path("bucket")).put("name", raw);
    ((ObjectNode) bridge.path("detail").path("object")).put("key", key);
    String byHand = JSON.createObjectNode().put("source", "s3://" + raw + "/" + key).toString();
    for (String event : List.of(bridge.toString(), byHand)) {
      JsonNode again = call(event, LONG);
      assertThat(again.path("status").asText()).isEqualTo("duplicate");
      assertThat(again.path("snapshot")).isEqualTo(answer.path("snapshot"));
    }
  }

  /** A backup job that overwrites the same key each night. S3 has times in whole seconds. */
  @Test
  void keyThatIsOverwrittenGivesASnapshotEachTime() throws Exception {
    String key = "snapshots/shop/production/latest.sql";
    land(key, 100_000);
    JsonNode first = call(notification(key), LONG);
    Thread.sleep(1_100);
    land(key, 100_000);
    JsonNode second = call(notification(key), LONG);

    for (JsonNode each : List.of(first, second)) {
      assertThat(each.path("status").asText()).isEqualTo("published");
      assertThat(each.path("snapshot").asText()).matches("shop/production/latest_\\d{8}-\\d{6}");
    }
    assertThat(second.path("snapshot").asText()).isGreaterThan(first.path("snapshot").asText());
  }

  @Test
  void keyInAnotherFolderIsAnError() {
    land("snapshots/shop/production/2026/03/x.sql", 1_000);
    assertThatThrownBy(() -> call(notification("snapshots/shop/production/2026/03/x.sql"), LONG))
        .hasMessageStartingWith("USAGE: The key 'snapshots/shop/production/2026/03/x.sql' does not")
        .hasMessageContaining("snapshots/{service}/{environment}/{name}");
    assertThat(published()).isEmpty();
  }

  private static void assertMetrics(EmbeddedMetrics metrics, JsonNode answer) {
    JsonNode line = metrics.with("Rows").getFirst();
    assertThat(line.path("service").asText()).isEqualTo("shop");
    assertThat(line.path("environment").asText()).isEqualTo("production");
    for (String name : List.of("Rows", "RowsIn", "Bytes", "Seconds", "Assertions")) {
      assertThat(line.path(name).asDouble()).as(name).isPositive();
    }
    assertThat(line.path("Rows").asLong()).isEqualTo(answer.path("rows").asLong());
    for (String name : List.of("Failures", "Leaks", "FailedAssertions")) {
      assertThat(line.path(name).asLong(-1)).as(name).isZero();
    }
    assertThat(line.path("SnapshotAgeHours").asDouble(-1)).isNotNegative();
    assertThat(metrics.with("StageSeconds").stream().map(each -> each.path("stage").asText()))
        .contains("schema", "load", "verify", "publish");
  }

  /** What the function throws is all that Lambda, Step Functions and the OnFailure event get. */
  @Test
  void aFaultShowsNoRowToLambda() throws IOException {
    String rows =
        "COPY public.\"user\" (id, email) FROM stdin;\n"
            + (Canaries.TEXT + "\t" + Canaries.OTHER + "\n\\.\n");
    try (SnapshotStore store = Stores.open("s3://" + raw);
        EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      String head = "--\n-- PostgreSQL database dump\n--\n\n";
      String foot = "\n--\n-- PostgreSQL database dump complete\n--\n";
      store.put(
          KEY,
          (head + "CREATE TABLE public.\"user\" (id bigint, email text);\n" + rows + foot)
              .getBytes(UTF_8));
      Files.writeString(
          task.resolve("policy/policy.yaml"),
          "version: 1\ntables: { 'public.\"user\"': { keep: [id], columns: { email: email } } }\n");

      assertThatThrownBy(() -> call(notification(KEY), LONG))
          .isInstanceOf(DecantException.class)
          .hasNoCause()
          .hasMessageStartingWith("DATABASE_FAILED: Loading table public.user from row 1")
          .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty())
          .extracting(thrown -> Canaries.in(String.valueOf(thrown.getMessage())))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .isEmpty();
      JsonNode line = metrics.with("Failures").getFirst();
      assertThat(line.path("Failures").asLong()).isEqualTo(1);
      assertThat(line.path("code").asText()).isEqualTo("DATABASE_FAILED");
      assertThat(Canaries.in(line.toString())).isEmpty();
    }
    assertThat(published()).isEmpty();
    assertDiskIsClean();
  }

  @Test
  void aFunctionWithoutTimeLeftSaysSoAndPublishesNothing() throws IOException {
    endsAtItsDeadline(200_000, Duration.ofMillis(50));
  }

  /** A deadline one second into the run. No machine finishes 30 MB by then. */
  @Test
  void aFunctionWhoseTimeRunsOutMeanwhileSaysSoAndPublishesNothing() throws IOException {
    endsAtItsDeadline(30_000_000, SanitizeCall.MARGIN.plusSeconds(1));
    assertThat(call(notification(KEY), LONG).path("status").asText())
        .as("the next call, with time enough")
        .isEqualTo("published");
  }

  private void endsAtItsDeadline(long bytes, Duration left) throws IOException {
    land(KEY, bytes);
    Path cutShort = Files.createDirectories(disk.resolve("decant-work/run-of-before"));
    Files.writeString(cutShort.resolve("spool"), "x");

    assertThatThrownBy(() -> call(notification(KEY), left))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_NEAR))
        .hasMessageStartingWith("DEADLINE_NEAR: ")
        .hasMessageContaining("The run was stopped at its deadline")
        .hasMessageContaining("nothing is published. Give it more time or more memory")
        .hasMessageEndingWith(
            "The function has "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB of memory and can have 10240 MB. Its time limit can be 900 s.")
        .hasNoCause();

    assertThat(published()).isEmpty();
    assertDiskIsClean();
  }
}
