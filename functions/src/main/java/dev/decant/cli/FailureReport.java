package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The report of a failure to the user. The message of an exception other than a {@link
 * DecantException} is never shown, because it could hold a value of a row ({@code For input string:
 * "alice@…"}).
 */
record FailureReport(ErrorCode code, String message, Throwable failure) {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  static FailureReport of(Throwable failure) {
    return failure instanceof DecantException ours
        ? new FailureReport(ours.code(), String.valueOf(ours.getMessage()), ours)
        : new FailureReport(ErrorCode.BUG, "unexpected " + failure.getClass().getName(), failure);
  }

  int exitCode() {
    return code.kind().exitCode();
  }

  /** The lines for stderr. */
  String text(boolean debug) {
    StringBuilder text = new StringBuilder("decant: ").append(message).append('\n');
    if (code.retryable()) {
      text.append("This failure may be temporary. The same command may succeed later.\n");
    }
    if (code.kind() == ErrorKind.BUG) {
      text.append("This is a defect of decant. Please report it with the following lines:\n");
    }
    if (debug || code.kind() == ErrorKind.BUG) {
      trace(failure, text);
    }
    return text.toString();
  }

  /** Writes the failure as one event of the log. The log shows no text of an exception. */
  void log(boolean debug) {
    LoggingEventBuilder event =
        LOG.atError()
            .addKeyValue("event", "failed")
            .addKeyValue("code", code.name())
            .addKeyValue("exitCode", exitCode())
            .addKeyValue("retryable", code.retryable());
    (debug || code.kind() == ErrorKind.BUG ? event.setCause(failure) : event).log("{}", message);
  }

  /** The document for --json. */
  ObjectNode document() {
    return JsonOutput.document()
        .put("code", code.name())
        .put("exitCode", exitCode())
        .put("retryable", code.retryable())
        .put("message", message);
  }

  private static void trace(@Nullable Throwable thrown, StringBuilder text) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text.append("  ").append(each.getClass().getName()).append('\n');
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("    at ").append(frame).append('\n');
      }
    }
  }
}
