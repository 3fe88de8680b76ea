package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.log.LogOutput;
import dev.decant.log.LoggedProgress;
import dev.decant.refresh.Refresh;
import dev.decant.refresh.RefreshDocument;
import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.RefreshResult;
import dev.decant.refresh.StepListener;
import dev.decant.setting.Keys;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code RefreshStaging}. It replaces a staging database by a sanitized snapshot, with
 * the same guards as {@code decant refresh}. It takes a {@link RefreshEvent} and returns the result
 * as JSON. A failure leaves the target as it was, and is thrown as a {@link DecantException} whose
 * message begins with its error code.
 *
 * <p>The settings come from the environment: the targets file, the store, the key that must have
 * signed the snapshot, and the number of jobs. The function needs neither raw dumps nor the masking
 * key, and its role must not have access to them.
 */
public final class RefreshStagingHandler implements RequestStreamHandler {
  /** The time to undo a swap, drop the new database and return an answer. */
  static final Duration MARGIN = Duration.ofSeconds(45);

  private static final Logger LOG = LoggerFactory.getLogger(RefreshStagingHandler.class);

  private final Map<String, String> environment;
  private final Function<RefreshRequest, RefreshResult> useCase;

  /** The constructor for Lambda. Settings come from the environment, and logs are JSON lines. */
  public RefreshStagingHandler() {
    this(System.getenv());
    LogOutput.ofFunction(environment);
  }

  /** The constructor for a call on this machine, with these settings. */
  RefreshStagingHandler(Map<String, String> environment) {
    this(environment, Refresh::run);
  }

  RefreshStagingHandler(
      Map<String, String> environment, Function<RefreshRequest, RefreshResult> useCase) {
    this.environment = Map.copyOf(environment);
    this.useCase = useCase;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    FunctionCall.run(
        context,
        RefreshStagingHandler::advice,
        () -> {
          RefreshResult result = refresh(RefreshEvent.read(input), context);
          FunctionAnswer.write(RefreshDocument.of(result), output);
        });
  }

  private RefreshResult refresh(RefreshEvent event, Context context) {
    Instant end = Instant.now().plusMillis(context.getRemainingTimeInMillis());
    Settings settings = new Settings(environment);
    Target target = Wiring.targets(environment, TargetUse.REFRESH).target(event.target());
    Keys keys = new Keys(settings, Secrets::read, LOG::warn);
    LOG.info("refreshing {} from {}, at most until {}", target.name(), event.snapshot(), end);
    try (SnapshotStore store = Stores.openToRead(Wiring.store(settings))) {
      return useCase.apply(
          new RefreshRequest(
              target,
              new RefreshRequest.Snapshot(
                  store, event.snapshot(), keys.verifyKey().orElse(null), false),
              event.confirm(),
              new RefreshRequest.Options(
                  event.dryRun(), event.keep(), settings.jobs(), event.token()),
              new RefreshRequest.Credentials(environment, Secrets::read),
              end.minus(MARGIN),
              new RefreshRequest.Listeners(new LoggedProgress(), StepListener.NONE)));
    }
  }

  private static String advice(ErrorCode code) {
    return code == ErrorCode.DEADLINE_NEAR
        ? "A function can run for 900 s at most. Give it more memory, which also adds processors"
            + " and network bandwidth, or run decant refresh on a machine near the database"
        : "";
  }
}
