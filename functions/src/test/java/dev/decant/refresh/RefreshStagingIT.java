package dev.decant.refresh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.lambda.Handlers;
import dev.decant.log.EmbeddedMetrics;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function with the events of events/, a real S3 API and a real server. */
final class RefreshStagingIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STORE =
      "s3://" + S3Server.running().newBucket() + "/sanitized-snapshots";

  @TempDir Path task;
  private Staging staging;

  @BeforeAll
  static void publish() {
    try (SnapshotStore store = Stores.open(STORE)) {
      ShopSnapshot.publish(store);
    }
  }

  @BeforeEach
  void packageHoldsTheTargets() throws IOException, SQLException {
    staging = Staging.on(PostgresVersion.V18);
    Files.writeString(
        task.resolve("targets.yaml"),
        staging.yaml(
            """
            sql: [ "create table base_url as select ${BASE_URL}::text as url" ]
            """));
  }

  @AfterEach
  void end() throws SQLException {
    staging.close();
  }

  private JsonNode call(ObjectNode event, Duration left) throws IOException {
    return call(
        event, left, Base64.getEncoder().encodeToString(ShopSnapshot.KEY.publicKey().getEncoded()));
  }

  private JsonNode call(ObjectNode event, Duration left, String verifyKey) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Handlers.invoke(
        "RefreshStaging",
        new ByteArrayInputStream(event.toString().getBytes(UTF_8)),
        answer,
        Map.of(
            "LAMBDA_TASK_ROOT",
            task.toString(),
            "DECANT_TARGETS",
            "targets.yaml",
            "DECANT_STORE",
            STORE,
            "DECANT_VERIFY_KEY",
            verifyKey,
            "DECANT_PARAM_BASE_URL",
            "https://staging.example",
            "STAGING_PASSWORD",
            Staging.PASSWORD),
        left);
    return JSON.readTree(answer.toByteArray());
  }

  private ObjectNode sample(String name) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(Path.of("../events", name).toFile());
    return event.put("confirm", staging.host());
  }

  @Test
  void sampleEventRefreshesAndAnswersThePanel() throws IOException, SQLException {
    JsonNode answer;
    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      answer = call(sample("refresh.json"), Duration.ofMinutes(15));

      JsonNode line = metrics.with("DowntimeSeconds").getFirst();
      assertThat(line.path("operation").asText()).isEqualTo("refresh");
      assertThat(line.path("service").asText()).isEqualTo("shop");
      assertThat(line.path("Rows").asLong()).isPositive();
      assertThat(line.path("Failures").asLong(-1)).isZero();
      assertThat(metrics.with("StageSeconds")).isNotEmpty();
    }

    assertThat(answer.path("outcome").asText()).isEqualTo("refreshed");
    assertThat(answer.path("snapshot").asText()).isEqualTo(ShopSnapshot.NAME.toString());
    assertThat(answer.path("rows").path("public.user").asLong())
        .isEqualTo(Long.parseLong(staging.ask("SELECT count(*) FROM \"user\"").orElseThrow()))
        .isPositive();
    assertThat(staging.ask("SELECT url FROM base_url")).contains("https://staging.example");
  }

  /** The client of AWS sends a request again if the answer does not arrive. */
  @Test
  void repeatedTokenGetsTheFirstOutcomeAndKeepsTheWayBack() throws IOException, SQLException {
    ObjectNode event = sample("refresh.json").put("token", "token-1");
    JsonNode first = call(event, Duration.ofMinutes(15));
    List<String> databases = staging.databases();
    staging.execute("CREATE TABLE only_here (id int)");

    JsonNode again = call(event, Duration.ofMinutes(15));

    assertThat(staging.databases()).isEqualTo(databases);
    assertThat(staging.ask("SELECT count(*) FROM only_here")).contains("0");
    for (String field : List.of("outcome", "snapshot", "takenAt", "previous", "downtimeSeconds")) {
      assertThat(again.path(field)).as(field).isEqualTo(first.path(field));
    }
    assertThat(first.path("previous").isTextual()).isTrue();
    assertThat(again.path("warnings").path(0).asText()).contains("with this token refreshed");

    assertThat(call(event.put("token", "token-2"), Duration.ofMinutes(15)).path("rows"))
        .isNotEmpty();
    assertThat(staging.databases()).isNotEqualTo(databases);
  }

  @Test
  void tokenOfAFailedRunIsRefused() throws IOException, SQLException {
    Files.writeString(
        task.resolve("targets.yaml"),
        staging.yaml("assertions: [ { name: never, sql: select 1, equals: 2 } ]\n"));
    ObjectNode event = sample("refresh.json").put("token", "token-1");
    assertThatThrownBy(() -> call(event, Duration.ofMinutes(15)))
        .hasMessageStartingWith("ASSERTION_FAILED: ");

    assertThatThrownBy(() -> call(event, Duration.ofMinutes(15)))
        .hasMessageStartingWith("REFUSED: The run with this token failed at ")
        .hasMessageContaining("Send another token to try again");
    assertThat(staging.isOld()).isTrue();
  }

  /** A run that was killed before the swap changed nothing, so the token counts for the next. */
  @Test
  void tokenOfAKilledRunIsFreeUnlessItSwapped() throws IOException, SQLException {
    ObjectNode event = sample("refresh.json").put("token", "token-1");
    call(event, Duration.ofMinutes(15));
    staging.executeIn(
        "decant_maintenance", "UPDATE decant.refreshes SET status = 'running', finished_at = NULL");

    assertThat(call(event, Duration.ofMinutes(15)).path("warnings").toString())
        .contains("killed after the swap");

    staging.executeIn("decant_maintenance", "UPDATE decant.refreshes SET previous = NULL");
    assertThat(call(event, Duration.ofMinutes(15)).path("rows")).isNotEmpty();
  }

  /** An older version of decant made the history. */
  @Test
  void historyWithoutTokensGetsThem() throws IOException, SQLException {
    call(sample("refresh.json"), Duration.ofMinutes(15));
    staging.executeIn("decant_maintenance", "ALTER TABLE decant.refreshes DROP COLUMN token");
    ObjectNode event = sample("refresh.json").put("token", "token-1");
    assertThat(call(event, Duration.ofMinutes(15)).path("rows")).isNotEmpty();
    assertThat(call(event, Duration.ofMinutes(15)).path("rows")).isEmpty();
  }

  @Test
  void dryRunAnswersThePlanAndTouchesNothing() throws IOException, SQLException {
    JsonNode answer = call(sample("refresh-dry-run.json"), Duration.ofMinutes(15));

    assertThat(answer.path("outcome").asText()).isEqualTo("planned");
    assertThat(answer.path("plan")).isNotEmpty();
    assertThat(staging.isOld()).isTrue();
    assertThat(staging.databases()).containsExactly(staging.name());
  }

  @Test
  void functionWithoutTimeLeftSaysSoAndLeavesStagingAsItWas() throws IOException, SQLException {
    ObjectNode event = sample("refresh.json");
    assertThatThrownBy(() -> call(event, Duration.ofSeconds(45)))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_NEAR))
        .hasMessageStartingWith("DEADLINE_NEAR: ")
        .hasMessageContaining("run decant refresh on a machine near the database");
    assertThat(staging.isOld()).isTrue();
    assertThat(staging.databases()).containsExactly(staging.name());
  }

  /**
   * No field of an event can allow it, because everybody who may invoke the function writes events.
   */
  @Test
  void withoutAPublicKeyTheTargetsFileMustAllowIt() throws IOException, SQLException {
    ObjectNode event = sample("refresh-dry-run.json");
    assertThatThrownBy(() -> call(event, Duration.ofMinutes(15), ""))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessageContaining("No public key is configured");
    assertThatThrownBy(
            () -> call(event.deepCopy().put("allowUnsigned", true), Duration.ofMinutes(15), ""))
        .hasMessageContaining("unknown field allowUnsigned");
    Files.writeString(task.resolve("targets.yaml"), staging.yaml("allow-unsigned: true"));
    assertThat(call(event, Duration.ofMinutes(15), "").path("outcome").asText())
        .isEqualTo("planned");
    assertThat(staging.isOld()).isTrue();
  }

  @Test
  void guardsAreTheSame() throws IOException, SQLException {
    ObjectNode event = sample("refresh.json").put("confirm", "prod-db.internal");
    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      assertThatThrownBy(() -> call(event, Duration.ofMinutes(15)))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));

      JsonNode line = metrics.with("Failures").getFirst();
      assertThat(line.path("Failures").asLong()).isEqualTo(1);
      assertThat(line.path("code").asText()).isEqualTo("REFUSED");
    }
    assertThat(staging.isOld()).isTrue();
  }
}
