package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** The functions by their names, to call one on this machine as Lambda would. */
public final class Handlers {
  private static final Map<String, Function<Map<String, String>, RequestStreamHandler>> BY_NAME =
      Map.of(
          "SanitizeSnapshot", SanitizeSnapshotHandler::new,
          "PlanRun", PlanRunHandler::new,
          "ScratchInstance", ScratchInstanceHandler::new,
          "Sweep", SweepHandler::new,
          "RefreshStaging", RefreshStagingHandler::new,
          "SweepTargets", SweepTargetsHandler::new);

  private Handlers() {}

  /** The names of all functions, as in the templates. */
  public static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /**
   * Calls a function. The caller closes the streams.
   *
   * @param environment the settings; the AWS SDK finds the credentials in its usual places
   * @param timeout the time limit of the call
   * @throws DecantException if the function fails; its message begins with the error code
   */
  public static void invoke(
      String function,
      InputStream event,
      OutputStream answer,
      Map<String, String> environment,
      Duration timeout) {
    Function<Map<String, String>, RequestStreamHandler> handler = BY_NAME.get(function);
    if (handler == null) {
      throw new DecantException(
          ErrorCode.USAGE,
          "There is no function " + function + ". Name " + String.join(" or ", names()) + ".");
    }
    try {
      handler.apply(environment).handleRequest(event, answer, new LocalContext(function, timeout));
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.BUG,
          "The function " + function + " could not read its event or write its answer.",
          e);
    }
  }
}
