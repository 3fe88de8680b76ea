package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanEventReaderTest {
  private static final String ARN = "arn:aws:rds:eu-central-1:123456789012:";

  private static PlanEvent read(String event) {
    return PlanEventReader.read(new ByteArrayInputStream(event.getBytes(UTF_8))).event();
  }

  private static String sample(String name) throws IOException {
    return Files.readString(Path.of("../events", name));
  }

  private static String rds(String id, String message) {
    return """
    {"source": "aws.rds", "detail-type": "RDS DB Snapshot Event", "detail": {
      "SourceArn": "%ssnapshot:nightly", "Message": "%s"%s}}
    """
        .formatted(ARN, message, id.isEmpty() ? "" : ", \"EventID\": \"" + id + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eventbridge-object-created.json",
        "s3-notification.json",
        "source.json",
        "sns-s3-notification.json",
        "sqs-s3-notification.json",
        "sqs-eventbridge.json"
      })
  void everySampleOfADumpNamesIt(String name) throws IOException {
    PlanEvent expected =
        new PlanEvent.Dump(
            new RawDump(
                "raw", "snapshots/backend/production/pgsql_app_db_20260323-060000.sql.zst"));
    assertThat(read(sample(name))).isEqualTo(expected);
    String wrapped = "{\"event\": " + sample(name) + ", \"execution\": \"e-1\"}";
    assertThat(PlanEventReader.read(new ByteArrayInputStream(wrapped.getBytes(UTF_8))))
        .isEqualTo(new PlanEventReader.Request(expected, "e-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "rds-snapshot-created.json, snapshot:rds:backend-2026-03-23-06-00, false, false",
    "rds-cluster-snapshot-created.json, cluster-snapshot:rds:orders-2026-03-23-06-00, true, false",
    "plan-by-hand.json, snapshot:before-the-migration, false, true",
  })
  void everySampleOfASnapshotNamesIt(String name, String arn, boolean cluster, boolean byHand)
      throws IOException {
    assertThat(read(sample(name)))
        .isInstanceOfSatisfying(
            PlanEvent.Snapshot.class,
            snapshot -> {
              assertThat(snapshot.byHand()).isEqualTo(byHand);
              assertThat(snapshot.arn().text()).isEqualTo(ARN + arn);
              assertThat(snapshot.arn().cluster()).isEqualTo(cluster);
              assertThat(snapshot.arn().account()).isEqualTo("123456789012");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RDS-EVENT-0042",
        "RDS-EVENT-0091",
        "RDS-EVENT-0197",
        "RDS-EVENT-0060",
        "RDS-EVENT-0075",
        "RDS-EVENT-0169"
      })
  void completeSnapshotsArePlanned(String id) {
    assertThat(read(rds(id, "x"))).isInstanceOf(PlanEvent.Snapshot.class);
  }

  @ParameterizedTest
  @CsvSource({
    "RDS-EVENT-0090, is still being made",
    "RDS-EVENT-0168, is still being made",
    "RDS-EVENT-0196, is still being copied",
    "RDS-EVENT-0061, failed or was cancelled",
    "RDS-EVENT-0041, was deleted",
    "RDS-EVENT-9999, RDS-EVENT-9999 does not announce a complete snapshot.",
  })
  void otherEventsOfSnapshotsAreSkippedWithTheReason(String id, String reason) {
    assertThat(read(rds(id, "Automated snapshot created")))
        .isInstanceOfSatisfying(
            PlanEvent.Nothing.class,
            nothing -> {
              assertThat(nothing.reason()).contains(id, reason);
              assertThat(nothing.source()).isEqualTo(ARN + "snapshot:nightly");
            });
  }

  /** Older events of RDS have no EventID. */
  @ParameterizedTest
  @CsvSource({
    "Manual snapshot created, true",
    "Automated snapshot created, true",
    "Finished copy of snapshot, true",
    "Creating automated snapshot, false",
    "Deleted manual snapshot, false",
    "'', false",
  })
  void eventWithoutAnIdIsReadByItsMessage(String message, boolean complete) {
    assertThat(read(rds("", message)) instanceof PlanEvent.Snapshot).isEqualTo(complete);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|it has no field source",
        "{\"source\": \"aws.ec2\", \"detail-type\": \"x\"}|neither S3 nor RDS sent it",
        "{\"source\": \"aws.rds\", \"detail-type\": \"x\"}|is not the ARN of a snapshot",
        "{\"source\": \"arn:aws:rds:x:1:db:CANARY\"}|neither s3://bucket/key nor",
        "{\"source\": \"s3://bucket/\"}|neither s3://bucket/key nor",
        "{\"Records\": [{}, {}]}|it holds 2 records",
        "{\"Records\": []}|it holds 0 records",
        "{\"event\": {}, \"execution\": 1}|its execution is not a text",
        "{\"event\": 1, \"execution\": \"e\"}|it has no field source",
      })
  void unknownEventsAreRefusedWithoutTheirText(String event, String why) {
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("PlanRun does not know this event: ")
        .hasMessageContaining(why)
        .message()
        .doesNotContain("CANARY");
  }

  @Test
  void severalMessagesAreNoRun() throws IOException {
    ObjectNode event =
        (ObjectNode) JsonMapper.builder().build().readTree(sample("sqs-eventbridge.json"));
    event.withArray("Records").add(event.path("Records").path(0).deepCopy());
    assertThatThrownBy(() -> read(event.toString())).hasMessageContaining("it holds 2 messages");
  }

  @Test
  void copiesAndInstancesOfDecantAreItsOwn() {
    for (String id : new String[] {"decant-copy-0123", "rds:decant-scratch-0123-2026-03-23"}) {
      assertThat(SnapshotArn.of(ARN + "snapshot:" + id).orElseThrow().isOwn()).isTrue();
    }
    assertThat(SnapshotArn.of(ARN + "snapshot:my-decant-copy").orElseThrow().isOwn()).isFalse();
  }

  @Test
  void runIsTheBeginningOfTheExecutionsName() {
    String hash = "0123456789abcdef".repeat(4);
    assertThat(RunPlan.run(hash, "s")).isEqualTo("0123456789abcdef01234567");
    assertThat(RunPlan.run(hash + "-2", "s"))
        .matches("[0-9a-f]{24}")
        .isNotEqualTo(RunPlan.run(hash, "s"));
    assertThat(RunPlan.run(null, "s3://raw/a")).matches("[0-9a-f]{24}");
  }
}
