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
        ? failure(known.code(), known.getMessage() + advice(known.code(), context), known)
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

  private static String advice(ErrorCode code, Context context) {
    return switch (code) {
      case DEADLINE_NEAR ->
          ". The function stopped before its time limit; nothing was published. Give it more"
              + " memory, which brings processors too (it has "
              + context.getMemoryLimitInMB()
              + " MB; 10240 at most), and 900 s; or run decant sanitize on a larger machine";
      case DISK_FULL ->
          ". Give the function more EphemeralStorage (10240 MB at most), or a scratch database on"
              + " a server (DECANT_SCRATCH=postgresql://...)";
      case SCRATCH_FAILED ->
          ". Call the function with {\"selfTest\": true}: it tells what this sandbox has";
      default -> "";
    };
  }
}
