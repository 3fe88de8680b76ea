package dev.decant.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Reads the JSON of events.
 *
 * @param unknown makes the error for an event that is not understood, from the reason. The reason
 *     is a clause without its full stop and contains no text of the event
 */
record EventJson(Function<String, DecantException> unknown) {
  /** The events of AWS are at most nine levels deep. */
  static final int DEEPEST = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  JsonNode read(InputStream in) {
    return object(() -> JSON.readTree(in));
  }

  /** Reads an event that is the text of a message. */
  JsonNode read(String text) {
    return object(() -> JSON.readTree(text));
  }

  private interface Reading {
    JsonNode read() throws IOException;
  }

  private JsonNode object(Reading reading) {
    try {
      JsonNode event = reading.read();
      if (event.isObject()) {
        return event;
      }
    } catch (StreamConstraintsException e) {
      throw unknown.apply(
          "it is nested more than " + DEEPEST + " levels deep, or one of its texts is too long");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw unknown.apply(
          "it is not JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE, "The event cannot be read. Call the function again.", e);
    }
    throw unknown.apply("it is not a JSON object");
  }
}
