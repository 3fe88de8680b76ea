package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the handler works with.
 *
 * @param intake made at a call, not before: a wrong setting must not keep the self-test from
 *     running
 */
record Wiring(Supplier<Intake> intake, Leftovers leftovers, SanitizeJob job, SelfTest selfTest) {

  /** As the environment says. */
  static Wiring of(Map<String, String> environment) {
    if (environment.containsKey("AWS_LAMBDA_RUNTIME_API")) {
      LambdaLog.install(environment.getOrDefault("AWS_LAMBDA_LOG_LEVEL", "INFO"));
    }
    return new Wiring(
        () -> new Intake("snapshots", "s3://sanitized/sanitized-snapshots"),
        () -> {},
        (dump, deadline) -> {
          throw waits();
        },
        new SelfTest(
            Path.of("/tmp"),
            () -> {
              throw waits();
            }));
  }

  private static DecantException waits() {
    return new DecantException(ErrorCode.BUG, "not wired yet");
  }
}
