package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.sanitize.SanitizeResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code SanitizeSnapshot}: a raw dump landed, publish its sanitized snapshot.
 *
 * <p>The events it takes are those of {@link EventReader}; the settings come from the environment.
 * It answers one JSON object with a {@code status}: {@code published}, {@code duplicate}, {@code
 * ignored} with a reason, {@code self-test} with a report, or {@code several} with a {@code
 * results} array where a notification held more than one object. Every failure is thrown as a
 * {@link DecantException} whose message begins with its code, so that Lambda counts it, tries again
 * and tells the OnFailure destination.
 *
 * <p>An instance serves one call at a time, as Lambda does.
 */
public final class SanitizeSnapshotHandler implements RequestStreamHandler {
  /** What it takes to stop the server, abort the upload and answer. */
  static final Duration MARGIN = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(SanitizeSnapshotHandler.class);

  private final Wiring wiring;

  /** As Lambda makes it: settings from the environment, logs as JSON lines. */
  public SanitizeSnapshotHandler() {
    this(Wiring.ofLambda(System.getenv()));
  }

  /** On this machine, with these settings. */
  SanitizeSnapshotHandler(Map<String, String> environment) {
    this(Wiring.ofMachine(environment));
  }

  SanitizeSnapshotHandler(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    FunctionCall.run(
        context,
        code -> advice(code, context),
        () -> FunctionAnswer.write(answer(SanitizeEventReader.read(input), context), output));
  }

  private Map<String, Object> answer(SanitizeEvent event, Context context) {
    return switch (event) {
      case SanitizeEvent.SelfTest selfTest -> wiring.selfTest().run(context.getMemoryLimitInMB());
      case SanitizeEvent.Nothing nothing -> ignored(nothing.reason());
      case SanitizeEvent.Landed landed -> landed(landed.dumps(), context);
    };
  }

  /**
   * S3 never was seen to put two objects into one notification, but its format allows it. They are
   * done one after the other; if one fails the call fails, and when it is tried again those that
   * were published end as duplicates.
   */
  private Map<String, Object> landed(List<RawDump> dumps, Context context) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (RawDump dump : dumps) {
      answers.add(landed(dump, context));
    }
    return answers.size() == 1
        ? answers.getFirst()
        : Map.of("status", "several", "results", answers);
  }

  private Map<String, Object> landed(RawDump dump, Context context) {
    Optional<String> ignored = wiring.filter().get().ignored(dump);
    if (ignored.isPresent()) {
      LOG.info("ignored {}: {}", dump.uri(), ignored.get());
      return FunctionAnswer.ignored(ignored.get(), dump);
    }
    wiring.abandonedFiles().remove();
    Instant started = Instant.now();
    Instant end = started.plusMillis(context.getRemainingTimeInMillis());
    LOG.info("sanitizing {}, at most until {}", dump.uri(), end);
    SanitizeResult result = wiring.job().run(dump, end.minus(MARGIN));
    LOG.info("{} {}", result.status(), result.name());
    return FunctionAnswer.of(dump, result, Duration.between(started, Instant.now()));
  }

  private static Map<String, Object> ignored(String reason) {
    LOG.info("ignored an event: {}", reason);
    return FunctionAnswer.ignored(reason, null);
  }

  private static String advice(ErrorCode code, Context context) {
    return switch (code) {
      case DEADLINE_NEAR ->
          "The function has "
              + context.getMemoryLimitInMB()
              + " MB (10240 at most); its time limit can be 900 s";
      case DISK_FULL ->
          "Give the function more EphemeralStorage (10240 MB at most), or a scratch database on"
              + " a server (DECANT_SCRATCH=postgresql://...)";
      case SCRATCH_FAILED ->
          "Call the function with {\"selfTest\": true}: it tells what this sandbox has";
      default -> "";
    };
  }
}
