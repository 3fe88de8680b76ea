package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The function {@code SanitizeSnapshot}. It publishes the sanitized snapshot of a new raw dump.
 *
 * <p>It takes the events of {@link SanitizeEventReader}, and its settings come from the
 * environment. It returns one JSON object with a {@code status}: {@code published}, {@code
 * duplicate}, {@code skipped} with a reason, {@code self-test} with a report, or {@code several}
 * with an array {@code results} if an event held more than one object. Every failure is thrown as a
 * {@link DecantException} whose message begins with its error code, so that Lambda counts the
 * failure, tries again and notifies the OnFailure destination. If the same call may succeed later,
 * it is a {@link dev.decant.error.RetryableException}.
 *
 * <p>For messages of a queue it returns {@code batchItemFailures} with the IDs of those that
 * failed, and SQS delivers only these again. A message whose database is busy is sent again with a
 * delay. The event source mapping must have {@code FunctionResponseTypes:
 * [ReportBatchItemFailures]}.
 *
 * <p>An instance serves one call at a time, as Lambda requires.
 */
public final class SanitizeSnapshotHandler implements RequestStreamHandler {
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
        () -> FunctionAnswer.write(answer(SanitizeEventReader.parse(input), context), output));
  }

  private Map<String, Object> answer(JsonNode event, Context context) {
    Optional<List<Envelope.Message>> queue = SanitizeEventReader.queue(event);
    if (queue.isPresent()) {
      return batch(queue.get(), context);
    }
    List<Map<String, Object>> answers =
        call(context, FunctionCall.order(context)).answers(SanitizeEventReader.read(event));
    return answers.size() == 1
        ? answers.getFirst()
        : Map.of("status", "several", "results", answers);
  }

  /**
   * A message that fails does not end the call, because SQS would then repeat the others, too. A
   * message whose database is busy is sent again.
   */
  private Map<String, Object> batch(List<Envelope.Message> messages, Context context) {
    List<Map<String, String>> failures = new ArrayList<>();
    for (Envelope.Message message : messages) {
      try {
        var _ = call(context, message.id()).answers(SanitizeEventReader.read(message.body()));
      } catch (RuntimeException | Error e) {
        DecantException failure = FunctionCall.failure(context, code -> advice(code, context), e);
        if (failure.code() != ErrorCode.BUSY
            || !PostponedMessages.postpone(message, Instant.now())) {
          failures.add(Map.of("itemIdentifier", message.id()));
        }
      }
    }
    return Map.of("batchItemFailures", failures);
  }

  private SanitizeCall call(Context context, @Nullable String order) {
    return new SanitizeCall(wiring, context, order);
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
