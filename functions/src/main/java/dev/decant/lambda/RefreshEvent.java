package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Snapshots;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The event of {@code RefreshStaging}: {@code {"target": "staging", "snapshot": "latest",
 * "confirm": "staging-db.internal", "dryRun": false, "keep": false, "token": "…"}}. Only target and
 * confirm are required.
 *
 * @param token see {@link dev.decant.refresh.RefreshRequest.Options#token}; null if the event has
 *     none
 */
record RefreshEvent(
    String target,
    String snapshot,
    String confirm,
    boolean dryRun,
    boolean keep,
    @Nullable String token) {
  private static final EventJson JSON = new EventJson(RefreshEvent::unknown);
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
  private static final List<String> FIELDS =
      List.of("target", "snapshot", "confirm", "dryRun", "keep", "token");

  /** Reads an event. An unknown field is an error, because it may be a mistyped {@code dryRun}. */
  static RefreshEvent read(InputStream in) {
    JsonNode event = JSON.read(in);
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw unknown("it has an unknown field " + field.getKey());
      }
    }
    return new RefreshEvent(
        text(event, "target", ""),
        text(event, "snapshot", Snapshots.LATEST),
        text(event, "confirm", ""),
        flag(event, "dryRun"),
        flag(event, "keep"),
        event.has("token") ? token(event) : null);
  }

  private static String text(JsonNode event, String field, String preset) {
    JsonNode value = event.path(field);
    if (value.isMissingNode() && !preset.isEmpty()) {
      return preset;
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw unknown("its " + field + " is not a text");
    }
    return value.asText();
  }

  private static String token(JsonNode event) {
    String token = text(event, "token", "");
    if (!TOKEN.matcher(token).matches()) {
      throw unknown(
          "its token has more than 200 characters, or others than letters, digits, . : _ -");
    }
    return token;
  }

  private static boolean flag(JsonNode event, String field) {
    JsonNode value = event.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw unknown("its " + field + " is neither true nor false");
    }
    return value.asBoolean(false);
  }

  private static DecantException unknown(String why) {
    return new DecantException(
        ErrorCode.USAGE,
        "RefreshStaging does not know this event: "
            + why
            + ". Write {\"target\": \"NAME\", \"confirm\": \"HOST\"}, and if needed \"snapshot\","
            + " \"dryRun\", \"keep\" and \"token\". The folder events/ has samples.");
  }
}
