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
 * The function {@code SanitizeSnapshot}. It publishes the sanitized snapshot of a new raw dump.
 *
 * <p>It takes the events of {@link SanitizeEventReader}, and its settings come from the
 * environment. It returns one JSON object with a {@code status}: {@code published}, {@code
 * duplicate}, {@code ignored} with a reason, {@code self-test} with a report, or {@code several}
 * with an array {@code results} if a notification held more than one object. Every failure is
 * thrown as a {@link DecantException} whose message begins with its error code, so that Lambda
 * counts the failure, tries again and notifies the OnFailure destination.
 *
 * <p>An instance serves one call at a time, as Lambda requires.
 */
public final class SanitizeSnapshotHandler implements RequestStreamHandler {
  /** The time to stop the server, abort the upload and return an answer. */
  static final Duration MARGIN = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(SanitizeSnapshotHandler.class);

  private final Wiring wiring;

  /** The constructor for Lambda. Settings come from the environment, and logs are JSON lines. */
  public SanitizeSnapshotHandler() {
    this(Wiring.ofLambda(System.getenv()));
  }

  /** The constructor for a call on this machine, with these settings. */
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
   * Sanitizes the dumps of one event, one after the other. The format of S3's notifications allows
   * several objects, although S3 is not known to send them. If one dump fails, the call fails.
   * Lambda then calls again, and the dumps that were published are duplicates.
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
              + " MB of memory and can have 10240 MB. Its time limit can be 900 s";
      case DISK_FULL ->
          "Give the function more EphemeralStorage (10240 MB at most), or use a scratch database"
              + " on a server (DECANT_SCRATCH=postgresql://...)";
      case SCRATCH_FAILED ->
          "Call the function with {\"selfTest\": true}. It reports what this sandbox provides";
      default -> "";
    };
  }
}
