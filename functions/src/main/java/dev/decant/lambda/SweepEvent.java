package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.InputStream;

/**
 * The event of {@code Sweep}: {@code {"dryRun": true}}. The field is required, and there is no
 * other, so that no mistake in an event deletes anything.
 */
record SweepEvent(boolean dryRun) {
  private static final String FIELD = "dryRun";
  private static final EventJson JSON =
      new EventJson(
          why ->
              new DecantException(
                  ErrorCode.USAGE,
                  "Sweep does not know this event: "
                      + why
                      + ". Send {\"dryRun\": true} to see what would be deleted, or {\"dryRun\":"
                      + " false} to delete it."));

  static SweepEvent read(InputStream in) {
    JsonNode event = JSON.read(in);
    if (event.size() != 1 || !event.path(FIELD).isBoolean()) {
      throw JSON.unknown().apply("its only field must be dryRun, which is true or false");
    }
    return new SweepEvent(event.path(FIELD).booleanValue());
  }
}
