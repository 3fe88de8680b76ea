package dev.decant.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes each log event as one line of JSON, with the field names of Lambda's own JSON log ({@code
 * timestamp}, {@code level}, {@code message}, {@code requestId}). Key-value pairs of an event are
 * further members. An exception is written as its class and its stack, without its message, which
 * could hold values of a row.
 */
final class JsonLines extends LayoutBase<ILoggingEvent> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FRAMES = 12;

  @Override
  public String doLayout(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    line.put("message", event.getFormattedMessage());
    line.putAll(event.getMDCPropertyMap());
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> line.put(pair.key, pair.value));
    }
    if (event.getThrowableProxy() != null) {
      line.put("exception", event.getThrowableProxy().getClassName());
      line.put("stack", stack(event.getThrowableProxy()));
    }
    try {
      return JSON.writeValueAsString(line) + '\n';
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map is JSON", e);
    }
  }

  private static List<String> stack(IThrowableProxy thrown) {
    Stream<String> frames =
        Arrays.stream(thrown.getStackTraceElementProxyArray())
            .limit(FRAMES)
            .map(StackTraceElementProxy::toString);
    IThrowableProxy cause = thrown.getCause();
    return cause == null
        ? frames.toList()
        : Stream.concat(
                frames,
                Stream.concat(
                    Stream.of("caused by " + cause.getClassName()), stack(cause).stream()))
            .toList();
  }
}
