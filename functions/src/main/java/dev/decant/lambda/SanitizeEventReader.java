package dev.decant.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.LocationParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the four kinds of events: EventBridge's {@code Object Created}, S3's own notification,
 * {@code {"source": "s3://bucket/key"}} and {@code {"selfTest": true}}.
 *
 * <p>EventBridge writes keys unchanged. S3's own notifications URL-encode them, with {@code +} for
 * a space. The formats are described in "Event message structure" in the user guide of Amazon S3,
 * and in "Amazon S3 events" in that of EventBridge. Errors and logs contain only the bucket and the
 * key of an event.
 */
final class SanitizeEventReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SanitizeEventReader() {}

  static SanitizeEvent read(InputStream in) {
    JsonNode event = parse(in);
    if (event.path("selfTest").asBoolean(false)) {
      return new SanitizeEvent.SelfTest();
    }
    if (event.has("source") && event.has("detail-type")) {
      return eventBridge(event);
    }
    if (event.path("Records").isArray()) {
      return notification(event.path("Records"));
    }
    if (event.path("source").isTextual()) {
      return new SanitizeEvent.Landed(List.of(source(event.path("source").asText())));
    }
    // S3 sends this event once when a function becomes the target of a bucket's notifications.
    if (event.path("Event").asText().equals("s3:TestEvent")) {
      return new SanitizeEvent.Nothing("S3's test event");
    }
    throw unknown("it has no field selfTest, source, detail-type or Records");
  }

  private static JsonNode parse(InputStream in) {
    try {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw unknown("it is not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE, "The event cannot be read. Call the function again.", e);
    }
  }

  private static SanitizeEvent eventBridge(JsonNode event) {
    if (!event.path("source").asText().equals("aws.s3")) {
      return new SanitizeEvent.Nothing("not an event of S3");
    }
    if (!event.path("detail-type").asText().equals("Object Created")) {
      return new SanitizeEvent.Nothing("not an Object Created event");
    }
    JsonNode object = event.path("detail").path("object");
    return new SanitizeEvent.Landed(
        List.of(
            new RawDump(
                text(event.path("detail").path("bucket").path("name"), "detail.bucket.name"),
                text(object.path("key"), "detail.object.key"))));
  }

  private static SanitizeEvent notification(JsonNode records) {
    List<RawDump> dumps = new ArrayList<>();
    for (JsonNode each : records) {
      if (each.path("eventName").asText().startsWith("ObjectCreated:")) {
        dumps.add(record(each.path("s3")));
      }
    }
    return dumps.isEmpty()
        ? new SanitizeEvent.Nothing("no record of an ObjectCreated event")
        : new SanitizeEvent.Landed(dumps);
  }

  private static RawDump record(JsonNode s3) {
    JsonNode object = s3.path("object");
    return new RawDump(
        text(s3.path("bucket").path("name"), "s3.bucket.name"),
        decode(text(object.path("key"), "s3.object.key")));
  }

  private static String decode(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The s3.object.key of the event is not URL-encoded, as S3 encodes it. Send"
              + " {\"source\": \"s3://bucket/key\"} to name the key as it is.",
          e);
    }
  }

  private static RawDump source(String uri) {
    return LocationParser.s3(uri)
        .filter(s3 -> !s3.key().isEmpty())
        .map(s3 -> new RawDump(s3.bucket(), s3.key()))
        .orElseThrow(() -> unknown("its source is not of the form s3://bucket/key"));
  }

  private static String text(JsonNode node, String where) {
    if (!node.isTextual() || node.asText().isEmpty()) {
      throw unknown("it lacks " + where);
    }
    return node.asText();
  }

  private static DecantException unknown(String why) {
    return new DecantException(
        ErrorCode.USAGE,
        "SanitizeSnapshot does not know this event: "
            + why
            + ". Send EventBridge's Object Created, S3's own notification,"
            + " {\"source\": \"s3://bucket/key\"} or {\"selfTest\": true}. The folder events/ has"
            + " samples.");
  }
}
