package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes what SQS and SNS put around an event. A queue may be subscribed to a topic, so one may be
 * inside the other. With raw delivery, SNS puts nothing around it. The formats are described in
 * "Using Lambda with Amazon SQS" and "Using Lambda with Amazon SNS" in the developer guide of
 * Lambda.
 *
 * @param json reads the texts of messages
 */
record Envelope(EventJson json) {
  /** A service of AWS sends its event through one queue and one topic at most. */
  private static final int MOST = 4;

  /**
   * A message of a queue.
   *
   * @param id the ID of the message, which stays the same when the queue delivers it again
   * @param body the text that was sent
   * @param queue the ARN of the queue, or empty if the event does not name it
   * @param sent when the event was sent first
   */
  record Message(String id, String body, String queue, Instant sent) {}

  /** The messages of an event of SQS. It is empty for any other event. */
  Optional<List<Message>> queue(JsonNode event) {
    JsonNode records = event.path("Records");
    if (!isOf(records, "eventSource", "aws:sqs")) {
      return Optional.empty();
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode each : records) {
      messages.add(
          new Message(
              text(each, "messageId"),
              text(each, "body"),
              each.path("eventSourceARN").asText(),
              PostponedMessages.sent(each)));
    }
    return Optional.of(messages);
  }

  /** The events of services in an event or in the body of a message, without anything around. */
  List<JsonNode> content(JsonNode event) {
    List<JsonNode> content = new ArrayList<>();
    open(event, 0, content);
    return content;
  }

  private void open(JsonNode event, int depth, List<JsonNode> content) {
    if (depth > MOST) {
      throw json.unknown().apply("more than " + MOST + " messages are inside each other");
    }
    Optional<List<Message>> queue = queue(event);
    if (queue.isPresent()) {
      queue.get().forEach(each -> open(json.read(each.body()), depth + 1, content));
    } else if (isOf(event.path("Records"), "EventSource", "aws:sns")) {
      for (JsonNode each : event.path("Records")) {
        open(json.read(text(each.path("Sns"), "Message")), depth + 1, content);
      }
    } else if (event.path("Type").asText().equals("Notification") && event.has("TopicArn")) {
      open(json.read(text(event, "Message")), depth + 1, content);
    } else {
      content.add(event);
    }
  }

  private static boolean isOf(JsonNode records, String field, String service) {
    return records.isArray()
        && !records.isEmpty()
        && records.path(0).path(field).asText().equals(service);
  }

  private String text(JsonNode node, String field) {
    JsonNode text = node.path(field);
    if (!text.isTextual() || text.asText().isEmpty()) {
      throw json.unknown().apply("a message in it lacks " + field);
    }
    return text.asText();
  }
}
