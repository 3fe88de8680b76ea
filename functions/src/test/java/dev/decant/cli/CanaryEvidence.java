package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.decant.testing.Canaries;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Everything that a command wrote, by the place where it was found. While it is open, it records
 * every log event of this JVM, down to the level TRACE of decant's own classes.
 */
final class CanaryEvidence implements AutoCloseable {
  /** The only files that contain rows: the dump itself and what belongs to its frames. */
  private static final String ROWS = ".sql.zst";

  private final Map<String, byte[]> found = new TreeMap<>();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger decant = (Logger) LoggerFactory.getLogger("dev.decant");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(text(event));
        }
      };

  CanaryEvidence() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    decant.setLevel(Level.TRACE);
  }

  /** An event with the texts of its exception, which decant's own layouts do not write. */
  private static String text(ILoggingEvent event) {
    String text =
        String.join(
            " ",
            event.getThreadName(),
            event.getFormattedMessage(),
            Arrays.toString(event.getArgumentArray()),
            event.getMDCPropertyMap().toString(),
            String.valueOf(event.getKeyValuePairs()));
    return event.getThrowableProxy() == null
        ? text
        : text + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  /** The use case, with a record of what it throws. */
  <A, R> Function<A, R> watching(Function<A, R> useCase) {
    return request -> {
      try {
        return useCase.apply(request);
      } catch (Throwable thrown) {
        add("exception", thrown);
        throw thrown;
      }
    };
  }

  /** Adds the texts of an exception, its causes and the suppressed ones. */
  void add(String place, Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    add(place, text.toString());
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(each).as("an exception of the chain").isNotInstanceOf(SQLException.class);
    }
  }

  void add(String place, String text) {
    found.put(place, text.getBytes(UTF_8));
  }

  /** Adds the names and the contents of all files of a folder, except those of the rows. */
  void addFiles(String place, Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = place + '/' + folder.relativize(file);
        add(name + " (name)", name);
        if (!name.endsWith(ROWS)) {
          found.put(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertNoCanary() {
    add("log", String.join("\n", events));
    add("threads", Thread.getAllStackTraces().keySet().toString());
    Map<String, List<String>> leaks = new TreeMap<>();
    found.forEach(
        (place, bytes) -> {
          List<String> canaries = Canaries.in(bytes);
          if (!canaries.isEmpty()) {
            leaks.put(place + ": " + new String(bytes, UTF_8), canaries);
          }
        });
    assertThat(leaks).isEmpty();
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    decant.setLevel(null);
  }
}
