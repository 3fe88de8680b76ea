package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SanitizeEventReaderTest {
  private static final String KEY =
      "snapshots/backend/production/pgsql_app_db_20260323-060000.sql.zst";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eventbridge-object-created.json",
        "s3-notification.json",
        "source.json",
        "sns-s3-notification.json"
      })
  void everySampleOfALandedDumpNamesIt(String sample) throws IOException {
    assertThat(read(Files.readString(Path.of("../events", sample))))
        .isEqualTo(new SanitizeEvent.Landed(List.of(new RawDump("raw", KEY)), null));
  }

  @Test
  void sampleOfTheSelfTestAsksForIt() throws IOException {
    assertThat(read(Files.readString(Path.of("../events/self-test.json"))))
        .isEqualTo(new SanitizeEvent.SelfTest());
  }

  @Test
  void eventBridgeKeysAreTakenAsTheyAre() {
    assertThat(read(eventBridge("Object Created", "snapshots/a+b%20c.sql")))
        .isEqualTo(landed("snapshots/a+b%20c.sql"));
  }

  @ParameterizedTest
  @CsvSource({
    "snapshots/a+b.sql, snapshots/a b.sql",
    "snapshots/a%2Bb.sql, snapshots/a+b.sql",
    "snapshots/caf%C3%A9%3D1.sql, snapshots/café=1.sql"
  })
  void notificationKeysAreUrlDecoded(String encoded, String key) {
    assertThat(read(notification("ObjectCreated:Put", encoded))).isEqualTo(landed(key));
  }

  @Test
  void severalRecordsAreAllRead() {
    String one = record("ObjectCreated:Put", "a.sql");
    String gone = record("ObjectRemoved:Delete", "b.sql");
    String two = record("ObjectCreated:Copy", "c.sql");
    assertThat(read("{\"Records\":[" + one + "," + gone + "," + two + "]}"))
        .isEqualTo(
            new SanitizeEvent.Landed(
                List.of(new RawDump("raw", "a.sql"), new RawDump("raw", "c.sql")), null));
  }

  @Test
  void eventsOfOtherKindsAskForNothing() {
    assertThat(read(eventBridge("Object Deleted", "a.sql")))
        .isEqualTo(new SanitizeEvent.Nothing("not an Object Created event"));
    assertThat(read(notification("ObjectRemoved:Delete", "a.sql")))
        .isInstanceOf(SanitizeEvent.Nothing.class);
    assertThat(read("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"raw\"}"))
        .isEqualTo(new SanitizeEvent.Nothing("S3's test event"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|it has no field selfTest",
        "{\"selfTest\": false}|it has no field selfTest",
        "``|it is not a JSON object",
        "[]|it is not a JSON object",
        "{\"source\": \"snapshots/CANARY.sql\"}|not of the form s3://bucket/key",
        "{\"source\": \"s3://bucket\"}|not of the form s3://bucket/key",
        "{\"source\": \"s3://bucket/\"}|not of the form s3://bucket/key",
        "{\"source\": \"s3:///key\"}|not of the form s3://bucket/key",
        "{\"source\": \"aws.ec2\", \"detail-type\": \"CANARY\"}|that S3 did not send",
        "{\"Records\": [{\"eventSource\": \"aws:kinesis\"}]}|is not of S3",
        "{\"Records\": [{\"EventSource\": \"aws:sns\", \"Sns\": {}}]}|lacks Message",
        "{\"source\": \"s3://b/k\", \"run\": 7}|its run is not a text",
        "{\"source\": CANARY}|it is not JSON at line 1, column",
        "{\"Records\": [{\"eventName\": \"ObjectCreated:Put\"}]}|it lacks s3.bucket.name",
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\"}|it lacks detail.bucket.name"
      })
  void unknownEventsAreRefusedWithoutTheirText(String event, String why) {
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("The folder events/ has samples.")
        .hasNoCause()
        .message()
        .doesNotContain("CANARY");
  }

  /** Jackson has no location for this error, which led to a NullPointerException. */
  @ParameterizedTest
  @ValueSource(ints = {101, 1_001, 5_000, 200_000})
  void deeplyNestedEventIsRefused(int levels) {
    for (String event :
        List.of(
            "[".repeat(levels),
            "{\"a\":".repeat(levels),
            "{\"a\":".repeat(levels) + "1" + "}".repeat(levels))) {
      assertThatThrownBy(() -> read(event))
          .isInstanceOf(DecantException.class)
          .hasMessageStartingWith("SanitizeSnapshot does not know this event: it is nested more")
          .hasNoCause();
    }
    assertThatThrownBy(() -> RefreshEvent.read(stream("{\"a\":".repeat(levels))))
        .hasMessageStartingWith("RefreshStaging does not know this event: it is nested more");
  }

  /** What S3 and EventBridge send is the same, whichever way it takes. */
  @Test
  void wrappedEventsAreUnwrapped() throws IOException {
    for (String sample : List.of("s3-notification.json", "eventbridge-object-created.json")) {
      String event = Files.readString(Path.of("../events", sample));
      for (String body : List.of(event, notificationOfSns(event))) {
        SanitizeEvent expected = new SanitizeEvent.Landed(List.of(new RawDump("raw", KEY)), null);
        assertThat(SanitizeEventReader.read(body)).as(body).containsExactly(expected);
        assertThat(read(body)).isEqualTo(expected);
      }
    }
  }

  @Test
  void samplesOfTheQueueHoldAMessageEach() throws IOException {
    for (String sample : List.of("sqs-s3-notification.json", "sqs-eventbridge.json")) {
      List<Envelope.Message> messages =
          SanitizeEventReader.queue(
                  SanitizeEventReader.parse(Files.newInputStream(Path.of("../events", sample))))
              .orElseThrow();
      assertThat(messages.getFirst().id()).isEqualTo("059f36b4-87a3-44ab-83d2-661975830a7d");
      assertThat(SanitizeEventReader.read(messages.getFirst().body()))
          .containsExactly(new SanitizeEvent.Landed(List.of(new RawDump("raw", KEY)), null));
    }
  }

  @Test
  void eachMessageOfATopicIsRead() throws IOException {
    JsonNode one =
        new JsonMapper().readTree(Path.of("../events/sns-s3-notification.json").toFile());
    ((ArrayNode) one.path("Records")).add(one.path("Records").path(0).deepCopy());
    assertThat(SanitizeEventReader.read(one)).hasSize(2);
  }

  @Test
  void messagesInsideEachOtherEndSomewhere() {
    String body = "{\"source\": \"s3://b/k\"}";
    for (int i = 0; i < 6; i++) {
      body = notificationOfSns(body);
    }
    String deep = body;
    assertThatThrownBy(() -> read(deep)).hasMessageContaining("are inside each other");
  }

  /** The body that SNS sends to a queue without raw delivery. */
  private static String notificationOfSns(String message) {
    ObjectNode notification = new JsonMapper().createObjectNode();
    return notification
        .put("Type", "Notification")
        .put("TopicArn", "arn:aws:sns:eu-central-1:123456789012:raw-dumps")
        .put("Message", message)
        .toString();
  }

  private static SanitizeEvent read(String event) {
    List<SanitizeEvent> events = SanitizeEventReader.read(SanitizeEventReader.parse(stream(event)));
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static InputStream stream(String event) {
    return new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
  }

  private static SanitizeEvent landed(String key) {
    return new SanitizeEvent.Landed(List.of(new RawDump("raw", key)), null);
  }

  private static String eventBridge(String type, String key) {
    return """
    {"source": "aws.s3", "detail-type": "%s",
     "detail": {"bucket": {"name": "raw"}, "object": {"key": "%s", "version-id": "v1"}}}
    """
        .formatted(type, key);
  }

  private static String notification(String name, String key) {
    return "{\"Records\":[" + record(name, key) + "]}";
  }

  private static String record(String name, String key) {
    return """
    {"eventName": "%s", "s3": {"bucket": {"name": "raw"},
      "object": {"key": "%s", "versionId": "v1"}}}
    """
        .formatted(name, key);
  }
}
