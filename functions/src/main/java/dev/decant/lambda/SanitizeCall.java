package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.decant.sanitize.SanitizeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the requests of one event, one after the other.
 *
 * @param order the ID of the event, which stays the same when AWS sends it again; null if it has
 *     none
 */
record SanitizeCall(Wiring wiring, Context context, @Nullable String order) {
  /** The time to stop the server, abort the upload and return an answer. */
  static final Duration MARGIN = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(SanitizeCall.class);

  /**
   * The answers, in the order of the requests. If one request fails, the call fails. AWS then sends
   * the event again, and the dumps that were published are duplicates.
   */
  List<Map<String, Object>> answers(List<SanitizeEvent> events) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (SanitizeEvent event : events) {
      switch (event) {
        case SanitizeEvent.SelfTest _ ->
            answers.add(
                wiring
                    .selfTest()
                    .run(
                        context.getMemoryLimitInMB(),
                        Duration.ofMillis(context.getRemainingTimeInMillis())));
        case SanitizeEvent.Nothing(String reason) -> {
          LOG.atInfo().addKeyValue("event", "skipped").log("skipped an event: {}", reason);
          answers.add(FunctionAnswer.skipped(reason, null));
        }
        case SanitizeEvent.Landed landed ->
            landed.dumps().forEach(dump -> answers.add(answer(dump, landed.order())));
      }
    }
    return answers;
  }

  private Map<String, Object> answer(RawDump dump, @Nullable String ordered) {
    Optional<String> skipped = wiring.filter().get().skipped(dump);
    if (skipped.isPresent()) {
      LOG.atInfo()
          .addKeyValue("event", "skipped")
          .addKeyValue("source", dump.uri())
          .log("skipped {}: {}", dump.uri(), skipped.get());
      return FunctionAnswer.skipped(skipped.get(), dump);
    }
    wiring.abandonedFiles().remove();
    Instant started = Instant.now();
    Instant end = started.plusMillis(context.getRemainingTimeInMillis());
    LOG.info("sanitizing {}, at most until {}", dump.uri(), end);
    SanitizeResult result =
        wiring.job().run(dump, ordered == null ? order : ordered, end.minus(MARGIN));
    return FunctionAnswer.of(dump, result, Duration.between(started, Instant.now()));
  }
}
