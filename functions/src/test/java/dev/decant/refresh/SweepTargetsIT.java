package dev.decant.refresh;

import static dev.decant.testing.SweepAnswers.names;
import static dev.decant.testing.SweepAnswers.why;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.lambda.Handlers;
import dev.decant.log.EmbeddedMetrics;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function with the events of events/ and a real server. */
final class SweepTargetsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DRY = "sweep-targets-dry-run.json";
  private static final String WET = "sweep-targets.json";

  @TempDir Path task;
  private Staging staging;

  @BeforeEach
  void packageHoldsTheTargets() throws IOException, SQLException {
    staging = Staging.on(PostgresVersion.V18);
    // A sweep needs no values of the parameters that only a refresh uses.
    targets(staging.yaml("sql: [ \"create table base_url as select ${BASE_URL}::text as url\" ]"));
  }

  @AfterEach
  void end() throws SQLException {
    staging.close();
  }

  private void targets(String yaml) throws IOException {
    Files.writeString(task.resolve("targets.yaml"), yaml);
  }

  private JsonNode sweep(String sample) throws IOException {
    return call(Files.readString(Path.of("../events", sample)));
  }

  private JsonNode call(String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Handlers.invoke(
        "SweepTargets",
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        answer,
        Map.of(
            "LAMBDA_TASK_ROOT",
            task.toString(),
            "DECANT_TARGETS",
            "targets.yaml",
            "STAGING_PASSWORD",
            Staging.PASSWORD),
        Duration.ofMinutes(15));
    return JSON.readTree(answer.toByteArray());
  }

  /** Creates the new database of a refresh that began some time ago. */
  private String left(Duration age) throws SQLException {
    return left(
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
            .format(Instant.now().minus(age).atOffset(ZoneOffset.UTC)));
  }

  private String left(String time) throws SQLException {
    String name = staging.name() + "_next_" + time;
    staging.executeIn("postgres", "CREATE DATABASE " + name);
    staging.executeIn(
        "postgres", "COMMENT ON DATABASE " + name + " IS 'decant next of " + staging.name() + "'");
    return name;
  }

  @Test
  void onlyTheDatabasesOfDeadRefreshesThatAreOldAreDropped() throws IOException, SQLException {
    String old = left(Duration.ofHours(2));
    String young = left(Duration.ofMinutes(30));
    String future = left(Duration.ofHours(-2));
    String noTime = left("20269901000000");
    String previous = staging.name() + "_previous_20260101000000";
    staging.executeIn("postgres", "CREATE DATABASE " + previous);
    List<String> before = staging.databases();

    JsonNode dry = sweep(DRY);
    assertThat(names(dry, "found")).containsExactly(old);
    assertThat(dry.path("dryRun").asBoolean()).isTrue();
    assertThat(staging.databases()).isEqualTo(before);

    JsonNode answer;
    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      answer = sweep(WET);
      JsonNode line = metrics.with("Orphans").getFirst();
      assertThat(line.path("Orphans").asInt(-1)).isZero();
      assertThat(line.path("function").asText()).isEqualTo("SweepTargets");
    }
    assertThat(answer.path("status").asText()).isEqualTo("swept");
    assertThat(names(answer, "deleted")).containsExactly(old);
    assertThat(answer.path("deleted").path(0).path("kind").asText())
        .isEqualTo("database on target staging");
    assertThat(why(answer, young)).contains("less than an hour old");
    assertThat(why(answer, future)).contains("less than an hour old");
    assertThat(why(answer, noTime)).contains("valid time");
    assertThat(staging.databases())
        .containsExactlyInAnyOrder(staging.name(), young, future, noTime, previous);
    assertThat(staging.isOld()).isTrue();
  }

  @Test
  void refreshAtWorkKeepsEveryDatabase() throws SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    ShopSnapshot.publish(store);
    List<JsonNode> answers = new ArrayList<>();
    List<String> old = new ArrayList<>();
    RefreshResult result =
        new Asked(staging, store)
            .steps(
                step -> {
                  if (step == RefreshStep.LOAD) {
                    try {
                      old.add(left(Duration.ofDays(3)));
                      answers.add(sweep(WET));
                    } catch (IOException | SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                })
            .refresh();

    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
    assertThat(names(answers.getFirst(), "left")).hasSize(2).contains(old.getFirst());
    assertThat(why(answers.getFirst(), old.getFirst()))
        .isEqualTo("A refresh or a rollback of the target is at work.");
    assertThat(staging.databases()).contains(old.getFirst());
  }

  /** The connection with the lock of a run can break while others of its connections still work. */
  @Test
  void databaseWithAClientStaysForADay() throws IOException, SQLException {
    String used = left(Duration.ofHours(2));
    String old = left(Duration.ofHours(25));
    try (Connection first = staging.connect(used);
        Connection second = staging.connect(old)) {
      JsonNode answer = sweep(WET);
      assertThat(why(answer, used)).contains("A client is connected");
      assertThat(names(answer, "deleted")).containsExactly(old);
      assertThat(first.isValid(5)).isTrue();
      assertThat(second.isValid(5)).isFalse();
    }
    assertThat(names(sweep(WET), "deleted")).containsExactly(used);
  }

  @Test
  void killedRunEndsInTheHistoryWhenItsDatabaseIsDropped() throws IOException, SQLException {
    MemorySnapshotStore store = new MemorySnapshotStore();
    ShopSnapshot.publish(store);
    new Asked(staging, store).refresh();
    staging.executeIn(
        "decant_maintenance", "UPDATE decant.refreshes SET status = 'running', finished_at = NULL");
    String old = left(Duration.ofHours(2));

    assertThat(names(sweep(DRY), "found")).containsExactly(old);
    assertThat(staging.history("status")).isEqualTo("running");
    assertThat(names(sweep(WET), "deleted")).containsExactly(old);
    assertThat(staging.history("status")).isEqualTo("killed");
  }

  @Test
  void targetThatCannotBeSweptIsReportedAndTheRestGoesOn() throws IOException, SQLException {
    String old = left(Duration.ofHours(2));
    targets(
        staging.yaml("")
            + """
              broken:
                database: postgresql://nobody@127.0.0.1:1/nothing
                password-env: STAGING_PASSWORD
                allow-refresh: true
                confirm: 127.0.0.1
                snapshots: shop/production
              closed:
                database: postgresql://nobody@192.0.2.1/nothing
                confirm: 192.0.2.1
                snapshots: shop/production
            """);
    try (EmbeddedMetrics metrics = new EmbeddedMetrics()) {
      JsonNode answer = sweep(WET);
      assertThat(answer.path("status").asText()).isEqualTo("incomplete");
      assertThat(names(answer, "deleted")).containsExactly(old);
      assertThat(answer.path("failed")).hasSize(1);
      JsonNode failed = answer.path("failed").path(0);
      assertThat(failed.path("kind").asText()).isEqualTo("database on target broken");
      assertThat(failed.path("why").asText()).startsWith("DATABASE_UNAVAILABLE: ");
      assertThat(answer.path("notSwept").path(0).asText())
          .isEqualTo("The target closed, because its allow-refresh is not true.");
      assertThat(metrics.with("Orphans").getFirst().path("Orphans").asInt()).isEqualTo(1);
    }
  }

  @Test
  void guardsOfARefreshHold() throws IOException, SQLException {
    String old = left(Duration.ofHours(2));
    staging.execute("CREATE SCHEMA decant; CREATE TABLE decant.production ()");
    JsonNode answer = sweep(WET);
    assertThat(answer.path("failed").path(0).path("why").asText())
        .startsWith("REFUSED: ")
        .contains("decant.production");

    targets(staging.yaml("never: [ localhost ]"));
    assertThat(sweep(WET).path("failed").path(0).path("why").asText()).contains("in never");
    assertThat(staging.databases()).contains(old);
  }

  /** A refresh that begins during a sweep must not be lost, because nobody repeats it. */
  @Test
  void refreshWaitsForTheEndOfASweep() throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    ShopSnapshot.publish(store);
    List<Boolean> waited = new ArrayList<>();
    try (Connection sweep = staging.connect("postgres");
        Statement statement = sweep.createStatement()) {
      assertThat(new TargetLock(sweep, staging.name()).tryTakeToSweep()).isTrue();
      Thread release =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Thread.sleep(1500);
                      waited.add(staging.isOld());
                      statement.execute("SELECT pg_advisory_unlock_all()");
                    } catch (InterruptedException | SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertThat(new Asked(staging, store).refresh()).isInstanceOf(RefreshResult.Refreshed.class);
      release.join();
    }
    assertThat(waited).containsExactly(true);
  }

  @Test
  void eventThatIsNotUnderstoodDropsNothing() throws SQLException {
    String old = left(Duration.ofHours(2));
    for (String event : List.of("{}", "{\"dryrun\": true}", "{\"dryRun\": 0}", "[]")) {
      assertThatThrownBy(() -> call(event))
          .hasMessageStartingWith("USAGE: SweepTargets does not know this event: ");
    }
    assertThat(staging.databases()).contains(old);
  }
}
