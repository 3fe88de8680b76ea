package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.aws.RunResources;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The event of {@code ScratchInstance}: {@code {"action": "login", "instance":
 * "decant-scratch-0123456789abcdef01234567", "run": "0123456789abcdef01234567", "database":
 * "shop"}}. Only the login needs a database, and only {@code create-server} needs a server.
 *
 * @param instance the name of the restored instance, or of the scratch server of the run
 * @param database the database to log in to, or empty
 */
record ScratchEvent(
    Action action, String instance, String run, String database, Optional<NewServer> server) {
  /** What the function does. In the event, an action is written as {@code reset-password}. */
  enum Action {
    CREATE_SERVER,
    RESET_PASSWORD,
    LOGIN,
    FORGET
  }

  /** All instances of this name belong to decant, and no other instance is ever changed. */
  static final String PREFIX = RunResources.INSTANCE;

  private static final Pattern RUN = Pattern.compile("[0-9a-f]{24}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads an event. An instance that is not one of the run is an error, and so is a server to
   * create that has the name of a restored instance.
   */
  static ScratchEvent read(InputStream in) {
    JsonNode event = parse(in);
    String run = event.path("run").asText();
    String instance = event.path("instance").asText();
    boolean server = instance.equals(PREFIX + run + RunResources.SERVER);
    if (!RUN.matcher(run).matches() || !(server || instance.equals(PREFIX + run))) {
      throw unknown("its instance is not named " + PREFIX + "RUN after its run of 24 hex digits");
    }
    Action action = action(event);
    if (action != Action.CREATE_SERVER) {
      String database = event.path("database").asText();
      return new ScratchEvent(action, instance, run, database, Optional.empty());
    }
    if (!server) {
      throw unknown("its instance is not named " + PREFIX + "RUN" + RunResources.SERVER);
    }
    Optional<NewServer> wanted = Optional.of(NewServer.read(event.path("server")));
    return new ScratchEvent(action, instance, run, "", wanted);
  }

  /** What the names of the instance and of its secret have in common. */
  String id() {
    return instance.substring(PREFIX.length());
  }

  private static Action action(JsonNode event) {
    for (Action each : Action.values()) {
      if (written(each).equals(event.path("action").asText())) {
        return each;
      }
    }
    throw unknown("its action is not create-server, reset-password, login or forget");
  }

  private static String written(Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static JsonNode parse(InputStream in) {
    try {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw unknown("it is not JSON");
    }
  }

  static DecantException unknown(String why) {
    return new DecantException(
        ErrorCode.USAGE,
        "ScratchInstance does not know this event: "
            + why
            + ". The workflow calls this function. The folder events/ has samples.");
  }
}
