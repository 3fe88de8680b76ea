package dev.decant.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.Canaries;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogOutputTest {
  @Test
  void anExceptionThatEndsAThreadIsLoggedWithoutItsText() {
    String message = uncaught(new IllegalStateException(Canaries.TEXT));
    assertThat(message).contains("IllegalStateException at dev.decant.log.LogOutputTest");
    assertThat(Canaries.in(message)).isEmpty();
  }

  @Test
  void theMessageOfAnErrorThatDecantReportsIsLogged() {
    assertThat(uncaught(new DecantException(ErrorCode.SETTING_INVALID, "Write text or json.")))
        .isEqualTo("Write text or json.");
  }

  private static String uncaught(Throwable thrown) {
    Logger logger = (Logger) LoggerFactory.getLogger(LogOutput.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    try {
      LogOutput.uncaught(Thread.currentThread(), thrown);
    } finally {
      logger.detachAppender(events);
    }
    return events.list.getFirst().getFormattedMessage();
  }

  @Test
  void everyOutputCatchesSuchExceptions() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    try {
      Thread.setDefaultUncaughtExceptionHandler(null);
      LogOutput.text(new LoggerContext(), Map.of());
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNotNull();
      Thread.setDefaultUncaughtExceptionHandler(null);
      LogOutput.json(new LoggerContext(), Map.of());
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNotNull();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void metricsAreWrittenAtEveryLevelButOnlyAsJson() {
    LoggerContext json = new LoggerContext();
    LogOutput.json(json, Map.of("DECANT_LOG", "error"));
    assertThat(json.getLogger(Metrics.LOGGER).isInfoEnabled()).isTrue();
    assertThat(json.getLogger("dev.decant").getEffectiveLevel()).isEqualTo(Level.ERROR);

    LoggerContext text = new LoggerContext();
    LogOutput.text(text, Map.of("DECANT_LOG", "debug"));
    assertThat(text.getLogger(Metrics.LOGGER).isInfoEnabled()).isFalse();
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThat(LogOutput.isJson(Map.of(), "json")).isTrue();
    assertThat(LogOutput.isJson(Map.of("DECANT_LOG_FORMAT", "text"), "json")).isFalse();
    assertThatThrownBy(() -> LogOutput.isJson(Map.of("DECANT_LOG_FORMAT", "xml"), "json"))
        .isInstanceOf(DecantException.class);
  }
}
