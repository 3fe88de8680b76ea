package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.LocationParser;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of {@code SanitizeSnapshot}: EventBridge's {@code Object Created}, S3's own
 * notification, {@code {"source": "s3://bucket/key"}} and {@code {"selfTest": true}}, and those
 * that came through SQS or SNS. Errors and logs contain only the bucket and the key of an event.
 */
final class SanitizeEventReader {
  private static final EventJson JSON = new EventJson(SanitizeEventReader::unknown);
  private static final Envelope ENVELOPE = new Envelope(JSON);

  private SanitizeEventReader() {}

  static JsonNode parse(InputStream in) {
    return JSON.read(in);
  }

  /** The messages of an event of SQS. It is empty for any other event. */
  static Optional<List<Envelope.Message>> queue(JsonNode event) {
    return ENVELOPE.queue(event);
  }

  /** Reads the body of a message of a queue. */
  static List<SanitizeEvent> read(String body) {
    return read(JSON.read(body));
  }

  /** The requests of an event that is not of SQS. Only an event of SNS may hold more than one. */
  static List<SanitizeEvent> read(JsonNode event) {
    List<SanitizeEvent> events = new ArrayList<>();
    for (JsonNode each : ENVELOPE.content(event)) {
      events.add(one(each));
    }
    return events;
  }

  private static SanitizeEvent one(JsonNode event) {
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
      return landed(source(event.path("source").asText()), order(event.path("run")));
    }
    // S3 sends this event once when a queue, topic or function becomes the target of notifications.
    if (event.path("Event").asText().equals("s3:TestEvent")) {
      return new SanitizeEvent.Nothing("S3's test event");
    }
    throw unknown("it has no field selfTest, source, detail-type or Records");
  }

  private static SanitizeEvent eventBridge(JsonNode event) {
    if (!event.path("source").asText().equals("aws.s3")) {
      throw unknown("it is an event of EventBridge that S3 did not send");
    }
    String type = event.path("detail-type").asText();
    return type.equals("Object Created")
        ? landed(S3Event.eventBridge(event, JSON), null)
        : new SanitizeEvent.Nothing("not an Object Created event");
  }

  private static SanitizeEvent notification(JsonNode records) {
    List<RawDump> dumps = new ArrayList<>();
    for (JsonNode each : records) {
      if (!each.path("eventSource").asText("aws:s3").equals("aws:s3")) {
        throw unknown("one of its records is not of S3");
      }
      if (S3Event.isCreated(each)) {
        dumps.add(S3Event.record(each, JSON));
      }
    }
    return dumps.isEmpty()
        ? new SanitizeEvent.Nothing("no record of an ObjectCreated event")
        : new SanitizeEvent.Landed(dumps, null);
  }

  private static SanitizeEvent landed(RawDump dump, @Nullable String order) {
    return new SanitizeEvent.Landed(List.of(dump), order);
  }

  private static @Nullable String order(JsonNode run) {
    if (run.isMissingNode() || run.isNull()) {
      return null;
    }
    if (!run.isTextual() || run.asText().isBlank()) {
      throw unknown("its run is not a text");
    }
    return run.asText();
  }

  private static RawDump source(String uri) {
    return LocationParser.s3(uri)
        .filter(s3 -> !s3.key().isEmpty())
        .map(s3 -> new RawDump(s3.bucket(), s3.key()))
        .orElseThrow(() -> unknown("its source is not of the form s3://bucket/key"));
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
