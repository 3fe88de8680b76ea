package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/**
 * What Lambda is told of a failure. Lambda writes the message, the causes and their messages to its
 * log and to the OnFailure destination, so causes are left out, and so is the text of an exception
 * that is not decant's own: it could hold a row's values.
 */
final class Failure {
  private Failure() {}

  static DecantException of(RuntimeException exception, Context context) {
    return exception instanceof DecantException known
        ? failure(known.code(), withAdvice(known, context), known)
        : failure(
            ErrorCode.BUG,
            "unexpected "
                + exception.getClass().getName()
                + " at "
                + where(exception)
                + "; please report it",
            exception);
  }

  private static DecantException failure(
      ErrorCode code, String message, RuntimeException exception) {
    DecantException failure = new DecantException(code, code + ": " + message);
    failure.setStackTrace(exception.getStackTrace());
    return failure;
  }

  private static String where(RuntimeException exception) {
    StackTraceElement[] trace = exception.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  private static String withAdvice(DecantException known, Context context) {
    String message = String.valueOf(known.getMessage());
    String advice = advice(known.code(), context);
    boolean twoStops = message.endsWith(".") && !advice.isEmpty();
    return (twoStops ? message.substring(0, message.length() - 1) : message) + advice;
  }

  private static String advice(ErrorCode code, Context context) {
    return switch (code) {
      case DEADLINE_NEAR ->
          ". The function has "
              + context.getMemoryLimitInMB()
              + " MB (10240 at most); its time limit can be 900 s";
      case DISK_FULL ->
          ". Give the function more EphemeralStorage (10240 MB at most), or a scratch database on"
              + " a server (DECANT_SCRATCH=postgresql://...)";
      case SCRATCH_FAILED ->
          ". Call the function with {\"selfTest\": true}: it tells what this sandbox has";
      default -> "";
    };
  }
}
