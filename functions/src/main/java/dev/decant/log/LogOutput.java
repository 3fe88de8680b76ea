package dev.decant.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outputs of the log. They are configured in code, because parsing XML would add 0.1 s to every
 * start. None of them writes the text of an exception, which could hold a value of a row.
 */
public final class LogOutput {
  /** The variable that chooses between {@code text} and {@code json}. */
  public static final String FORMAT = "DECANT_LOG_FORMAT";

  private static final String LEVEL = "DECANT_LOG";
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{0}:"
          + " %replace(%msg){'[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]', '?'}%n%nopex";

  private LogOutput() {}

  /**
   * Whether the environment asks for JSON lines.
   *
   * @param preset the format if the environment names none
   */
  public static boolean isJson(Map<String, String> environment, String preset) {
    String format = environment.getOrDefault(FORMAT, preset);
    return switch (format) {
      case "json" -> true;
      case "text", "" -> false;
      default ->
          throw new DecantException(
              ErrorCode.SETTING_INVALID,
              FORMAT + "=" + format + " is not a format of the log. Write text or json.");
    };
  }

  /** Writes text for people to stderr, warnings only unless the environment names a level. */
  public static void text(LoggerContext context, Map<String, String> environment) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(PATTERN);
    install(context, encoder, "System.err", level(environment, Level.WARN));
    context.getLogger(Metrics.LOGGER).setLevel(Level.OFF);
  }

  /** Writes JSON lines with metrics to stderr, as the command line does, down to INFO. */
  public static void json(LoggerContext context, Map<String, String> environment) {
    json(context, environment, "System.err");
  }

  /** Replaces the configuration of this process by that of a function, whose log is its stdout. */
  public static void ofFunction(Map<String, String> environment) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    if (isJson(environment, "json")) {
      json(context, environment, "System.out");
    } else {
      text(context, environment);
    }
  }

  private static void json(LoggerContext context, Map<String, String> environment, String target) {
    JsonLines layout = new JsonLines();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setLayout(layout);
    install(context, encoder, target, level(environment, Level.INFO));
    // Alarms depend on metrics, so they are written at every level of the log.
    context.getLogger(Metrics.LOGGER).setLevel(Level.INFO);
  }

  private static Level level(Map<String, String> environment, Level preset) {
    return Level.toLevel(environment.get(LEVEL), preset);
  }

  private static void install(
      LoggerContext context, Encoder<ILoggingEvent> encoder, String target, Level level) {
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget(target);
    console.setEncoder(encoder);
    console.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(console);
    // Below WARN the SDK logs whole requests.
    context.getLogger("software.amazon.awssdk").setLevel(Level.WARN);
    Thread.setDefaultUncaughtExceptionHandler(LogOutput::uncaught);
  }

  /**
   * Java itself would print the text of the exception, which could hold a value of a row. Only the
   * messages of decant's own exceptions never do.
   */
  static void uncaught(Thread thread, Throwable thrown) {
    if (thrown instanceof DecantException e) {
      LoggerFactory.getLogger(LogOutput.class).error("{}", e.getMessage());
      return;
    }
    StackTraceElement[] trace = thrown.getStackTrace();
    LoggerFactory.getLogger(LogOutput.class)
        .error(
            "The thread {} ended by {} at {}. Please report this defect.",
            thread.getName(),
            thrown.getClass().getName(),
            trace.length == 0 ? "an unknown place" : trace[0]);
  }
}
