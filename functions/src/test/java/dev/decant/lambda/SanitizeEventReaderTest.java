package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
  @ValueSource(strings = {"eventbridge-object-created.json", "s3-notification.json", "source.json"})
  void everySampleOfALandedDumpNamesIt(String sample) throws IOException {
    assertThat(read(Files.readString(Path.of("../events", sample))))
        .isEqualTo(new SanitizeEvent.Landed(List.of(new RawDump("raw", KEY))));
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
                List.of(new RawDump("raw", "a.sql"), new RawDump("raw", "c.sql"))));
  }

  @Test
  void eventsOfOtherKindsAskForNothing() {
    assertThat(read(eventBridge("Object Deleted", "a.sql")))
        .isEqualTo(new SanitizeEvent.Nothing("not an Object Created event"));
    assertThat(read("{\"source\":\"aws.ec2\",\"detail-type\":\"x\"}"))
        .isEqualTo(new SanitizeEvent.Nothing("not an event of S3"));
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
        "``|it has no field selfTest",
        "[]|it has no field selfTest",
        "{\"source\": \"snapshots/CANARY.sql\"}|not of the form s3://bucket/key",
        "{\"source\": \"s3://bucket\"}|not of the form s3://bucket/key",
        "{\"source\": \"s3://bucket/\"}|not of the form s3://bucket/key",
        "{\"source\": \"s3:///key\"}|not of the form s3://bucket/key",
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

  private static SanitizeEvent read(String event) {
    return SanitizeEventReader.read(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }

  private static SanitizeEvent landed(String key) {
    return new SanitizeEvent.Landed(List.of(new RawDump("raw", key)));
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
