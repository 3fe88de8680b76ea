package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.RetryableException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception that a function throws. Lambda writes its message, its causes and their
 * messages to the log and to the OnFailure destination. The exception therefore has no cause, and
 * only the message of a {@link DecantException}: other messages could hold values of a row.
 */
final class FunctionFailure {
  private FunctionFailure() {}

  /**
   * Returns the exception to throw.
   *
   * @param advice the remedy for an error code, as a sentence without its full stop, or empty
   */
  static DecantException of(Throwable exception, Function<ErrorCode, String> advice) {
    return switch (exception) {
      case DecantException known ->
          failure(known.code(), sentences(known.getMessage(), advice.apply(known.code())), known);
      case OutOfMemoryError _ ->
          failure(
              ErrorCode.MEMORY_EXCEEDED,
              "The function ran out of memory. A row or a large object may be too large for the"
                  + " heap. Give the function more memory, and raise -Xmx in JAVA_TOOL_OPTIONS to"
                  + " five times the size of the largest row.",
              exception);
      default ->
          failure(
              ErrorCode.BUG,
              "unexpected "
                  + exception.getClass().getName()
                  + " at "
                  + where(exception)
                  + ". Please report this defect",
              exception);
    };
  }

  private static DecantException failure(ErrorCode code, String message, Throwable exception) {
    String text = code + ": " + message;
    DecantException failure =
        code.retryable() ? new RetryableException(code, text) : new DecantException(code, text);
    failure.setStackTrace(exception.getStackTrace());
    return failure;
  }

  private static String where(Throwable exception) {
    StackTraceElement[] trace = exception.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  private static String sentences(@Nullable String message, String advice) {
    String text = String.valueOf(message);
    return advice.isEmpty() ? text : text.replaceFirst("[.]$", "") + ". " + advice + '.';
  }
}
