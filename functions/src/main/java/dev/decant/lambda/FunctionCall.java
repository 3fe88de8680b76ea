package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One call of a function: its log lines carry the request's id, and its failure is logged once. */
final class FunctionCall {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionCall.class);

  private FunctionCall() {}

  /**
   * Runs the work of one call.
   *
   * @param advice the remedy for an error code, as a sentence without its full stop, or empty
   * @throws DecantException if the work fails; its message begins with the error code
   */
  static void run(Context context, Function<ErrorCode, String> advice, Runnable work) {
    MDC.put("requestId", context.getAwsRequestId());
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      throw failure(context, advice, e);
    } finally {
      MDC.clear();
    }
  }

  /**
   * Logs a failure and returns the exception to throw for it. The line names the classes of the
   * exception and its causes, and where they were thrown, but not their messages. On this machine
   * the command line reports the failure itself.
   */
  static DecantException failure(
      Context context, Function<ErrorCode, String> advice, Throwable exception) {
    DecantException failure = FunctionFailure.of(exception, advice);
    if (!(context instanceof LocalContext)) {
      LOG.atError()
          .addKeyValue("event", "failed")
          .addKeyValue("code", failure.code().name())
          .addKeyValue("exitCode", failure.exitCode())
          .addKeyValue("retryable", failure.code().retryable())
          .setCause(exception)
          .log("failed: {}", failure.getMessage());
    }
    return failure;
  }

  /**
   * The ID of the order that a call carries out. Lambda keeps the ID of the request when it tries
   * again. It is null on this machine, where each call is an order of its own.
   */
  static @Nullable String order(Context context) {
    return context instanceof LocalContext ? null : context.getAwsRequestId();
  }
}
