package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.InputStream;

/**
 * The event of {@code Sweep} and {@code SweepTargets}: {@code {"dryRun": true}}. The field is
 * required, and there is no other, so that no mistake in an event deletes anything.
 */
record SweepEvent(boolean dryRun) {
  private static final String FIELD = "dryRun";

  static SweepEvent read(String function, InputStream in) {
    EventJson json = new EventJson(why -> unknown(function, why));
    JsonNode event = json.read(in);
    if (event.size() != 1 || !event.path(FIELD).isBoolean()) {
      throw unknown(function, "its only field must be dryRun, which is true or false");
    }
    return new SweepEvent(event.path(FIELD).booleanValue());
  }

  private static DecantException unknown(String function, String why) {
    return new DecantException(
        ErrorCode.USAGE,
        function
            + " does not know this event: "
            + why
            + ". Send {\"dryRun\": true} to see what would be deleted, or {\"dryRun\": false} to"
            + " delete it.");
  }
}
