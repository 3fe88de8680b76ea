package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the object of an event of S3. EventBridge writes keys unchanged. S3's own notifications
 * URL-encode them, with {@code +} for a space. The formats are described in "Event message
 * structure" in the user guide of Amazon S3, and in "Amazon S3 events" in that of EventBridge.
 */
final class S3Event {
  private S3Event() {}

  /** The object of an event of EventBridge. */
  static RawDump eventBridge(JsonNode event, EventJson json) {
    JsonNode detail = event.path("detail");
    return new RawDump(
        text(detail.path("bucket").path("name"), "detail.bucket.name", json),
        text(detail.path("object").path("key"), "detail.object.key", json));
  }

  /** Whether a record of a notification is about a new object. */
  static boolean isCreated(JsonNode notified) {
    return notified.path("eventName").asText().startsWith("ObjectCreated:");
  }

  /** The object of a record of S3's own notification. */
  static RawDump record(JsonNode notified, EventJson json) {
    JsonNode s3 = notified.path("s3");
    return new RawDump(
        text(s3.path("bucket").path("name"), "s3.bucket.name", json),
        decode(text(s3.path("object").path("key"), "s3.object.key", json)));
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

  private static String text(JsonNode node, String where, EventJson json) {
    if (!node.isTextual() || node.asText().isEmpty()) {
      throw json.unknown().apply("it lacks " + where);
    }
    return node.asText();
  }
}
