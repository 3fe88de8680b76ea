package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda is told of a failure. Lambda writes the message, the causes and their messages to its
 * log and to the OnFailure destination, so causes are left out, and so is the text of an exception
 * that is not decant's own: it could hold a row's values.
 */
final class FunctionFailure {
  private FunctionFailure() {}

  /**
   * What the function throws.
   *
   * @param advice what to do about a code, a sentence without its full stop, or nothing
   */
  static DecantException of(RuntimeException exception, Function<ErrorCode, String> advice) {
    return exception instanceof DecantException known
        ? failure(known.code(), sentences(known.getMessage(), advice.apply(known.code())), known)
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

  private static String sentences(@Nullable String message, String advice) {
    String text = String.valueOf(message);
    return advice.isEmpty() ? text : text.replaceFirst("[.]$", "") + ". " + advice;
  }
}
