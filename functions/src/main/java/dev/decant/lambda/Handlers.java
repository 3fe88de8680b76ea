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

/** The functions by name, to call one on this machine as Lambda would. */
public final class Handlers {
  private static final Map<String, Function<Map<String, String>, RequestStreamHandler>> BY_NAME =
      Map.of(
          "SanitizeSnapshot", SanitizeSnapshotHandler::new,
          "RefreshStaging", RefreshStagingHandler::new);

  private Handlers() {}

  /** The functions there are, as template.yaml names them. */
  public static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /**
   * Calls a function. The caller closes the streams.
   *
   * @param environment the settings; credentials come from where the AWS SDK finds them
   * @param timeout the time limit that the function is told
   * @throws DecantException where the function fails; its message begins with the code
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
          ErrorCode.USAGE, "no function " + function + "; there are " + String.join(", ", names()));
    }
    try {
      handler.apply(environment).handleRequest(event, answer, new LocalContext(function, timeout));
    } catch (IOException e) {
      throw new DecantException(ErrorCode.BUG, "the function " + function + " failed", e);
    }
  }
}
