package dev.decant.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.decant.log.LogOutput;

/** Logging of the command line, as {@code DECANT_LOG} and {@code DECANT_LOG_FORMAT} say. */
public final class StderrLog extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    // A wrong format is reported by the command, because an exception here would end the process.
    if ("json".equals(System.getenv(LogOutput.FORMAT))) {
      LogOutput.json(context, System.getenv());
    } else {
      LogOutput.text(context, System.getenv());
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
