package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.LocationParser;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of {@code PlanRun}: a new object of S3, a snapshot of RDS, or a source that a
 * person names. The IDs of the events of RDS are listed in "Amazon RDS event categories and event
 * messages" in the user guide of RDS. Older events have none.
 */
final class PlanEventReader {
  private static final EventJson JSON = new EventJson(PlanEventReader::unknown);

  /** A snapshot is complete: made by hand, automated, copied here, copied from another region. */
  private static final Set<String> COMPLETE =
      Set.of(
          "RDS-EVENT-0042",
          "RDS-EVENT-0091",
          "RDS-EVENT-0197",
          "RDS-EVENT-0060",
          "RDS-EVENT-0075",
          "RDS-EVENT-0169");

  private static final Map<String, String> OTHER =
      Map.of(
          "RDS-EVENT-0040", "the snapshot is still being made",
          "RDS-EVENT-0090", "the snapshot is still being made",
          "RDS-EVENT-0074", "the snapshot is still being made",
          "RDS-EVENT-0168", "the snapshot is still being made",
          "RDS-EVENT-0059", "the snapshot is still being copied",
          "RDS-EVENT-0196", "the snapshot is still being copied",
          "RDS-EVENT-0061", "the copy of the snapshot failed or was cancelled",
          "RDS-EVENT-0041", "the snapshot was deleted");

  private PlanEventReader() {}

  /**
   * The request: an event, and the name of the execution that asks.
   *
   * @param execution null if the event came without one
   */
  record Request(PlanEvent event, @Nullable String execution) {}

  static Request read(InputStream in) {
    JsonNode request = JSON.read(in);
    if (!request.has("event") || !request.has("execution")) {
      return new Request(event(request), null);
    }
    if (!request.path("execution").isTextual() || request.path("execution").asText().isBlank()) {
      throw unknown("its execution is not a text");
    }
    return new Request(event(request.path("event")), request.path("execution").asText());
  }

  private static PlanEvent event(JsonNode event) {
    List<JsonNode> content = new Envelope(JSON).content(event);
    if (content.size() != 1) {
      throw unknown("it holds " + content.size() + " messages, and a run is for one");
    }
    JsonNode only = content.getFirst();
    if (only.has("source") && only.has("detail-type")) {
      return switch (only.path("source").asText()) {
        case "aws.s3" -> ofS3(only);
        case "aws.rds" -> ofRds(only);
        default -> throw unknown("neither S3 nor RDS sent it");
      };
    }
    if (only.path("Records").isArray()) {
      return ofNotification(only.path("Records"));
    }
    if (only.path("source").isTextual()) {
      return byHand(only.path("source").asText());
    }
    throw unknown("it has no field source, detail-type or Records");
  }

  private static PlanEvent ofS3(JsonNode event) {
    return event.path("detail-type").asText().equals("Object Created")
        ? new PlanEvent.Dump(S3Event.eventBridge(event, JSON))
        : new PlanEvent.Nothing("The event is not an Object Created event.", null);
  }

  private static PlanEvent ofNotification(JsonNode records) {
    if (records.size() != 1) {
      throw unknown("it holds " + records.size() + " records, and a run is for one");
    }
    return S3Event.isCreated(records.path(0))
        ? new PlanEvent.Dump(S3Event.record(records.path(0), JSON))
        : new PlanEvent.Nothing("The event is not an ObjectCreated event.", null);
  }

  private static PlanEvent ofRds(JsonNode event) {
    JsonNode detail = event.path("detail");
    String text = detail.path("SourceArn").asText(event.path("resources").path(0).asText());
    SnapshotArn arn =
        SnapshotArn.of(text)
            .orElseThrow(() -> unknown("its detail.SourceArn is not the ARN of a snapshot"));
    return reason(detail)
        .<PlanEvent>map(reason -> new PlanEvent.Nothing(reason, text))
        .orElseGet(() -> new PlanEvent.Snapshot(arn, false));
  }

  /** The reason to skip an event of RDS. It is empty if a snapshot is complete. */
  private static Optional<String> reason(JsonNode detail) {
    String id = detail.path("EventID").asText();
    if (id.isEmpty()) {
      String message = detail.path("Message").asText().strip().toLowerCase(java.util.Locale.ROOT);
      boolean complete = message.endsWith("created") || message.startsWith("finished copy");
      return complete
          ? Optional.empty()
          : Optional.of("The event has no EventID and does not announce a complete snapshot.");
    }
    return COMPLETE.contains(id)
        ? Optional.empty()
        : Optional.of(
            "The event "
                + id
                + " does not announce a complete snapshot"
                + (OTHER.containsKey(id) ? ": " + OTHER.get(id) : "")
                + ".");
  }

  private static PlanEvent byHand(String source) {
    return SnapshotArn.of(source)
        .<PlanEvent>map(arn -> new PlanEvent.Snapshot(arn, true))
        .or(
            () ->
                LocationParser.s3(source)
                    .filter(s3 -> !s3.key().isEmpty())
                    .map(s3 -> new PlanEvent.Dump(new RawDump(s3.bucket(), s3.key()))))
        .orElseThrow(
            () -> unknown("its source is neither s3://bucket/key nor the ARN of a snapshot"));
  }

  private static DecantException unknown(String why) {
    return new DecantException(
        ErrorCode.USAGE,
        "PlanRun does not know this event: "
            + why
            + ". Send EventBridge's Object Created, a snapshot event of RDS, S3's own notification,"
            + " or {\"source\": \"s3://bucket/key\"} or {\"source\": \"arn:aws:rds:...\"}. The"
            + " folder events/ has samples.");
  }
}
