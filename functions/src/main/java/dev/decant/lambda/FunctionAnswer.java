package dev.decant.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.sanitize.SanitizeResult;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON answer of a function. Durations are in seconds, with three decimals. */
final class FunctionAnswer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FunctionAnswer() {}

  static Map<String, Object> of(RawDump dump, SanitizeResult result, Duration took) {
    Map<String, Object> stages = new LinkedHashMap<>();
    result.timings().forEach((stage, time) -> stages.put(stage, seconds(time)));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", result.status());
    answer.put("source", dump.uri());
    answer.put("snapshot", result.name().toString());
    answer.put("manifest", result.manifestLocation());
    answer.put("rowsIn", result.rowsIn());
    answer.put("rows", result.rowsOut());
    answer.put("bytes", result.dumpBytes());
    answer.put("seconds", seconds(took));
    answer.put("stages", stages);
    if (!result.notVerified().isEmpty()) {
      answer.put("notVerified", result.notVerified().stream().map(Object::toString).toList());
    }
    if (!result.traceExceptions().isEmpty()) {
      answer.put(
          "traceExceptions",
          result.traceExceptions().stream()
              .map(each -> Map.of("subject", each.subject(), "rule", each.rule()))
              .toList());
    }
    return answer;
  }

  static Map<String, Object> skipped(String reason, @Nullable RawDump dump) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "skipped");
    if (dump != null) {
      answer.put("source", dump.uri());
    }
    answer.put("reason", reason);
    return answer;
  }

  static void write(Object answer, OutputStream output) {
    try {
      output.write(JSON.writeValueAsBytes(answer));
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.BUG,
          "The answer of the function cannot be written. Please report this defect.",
          e);
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
