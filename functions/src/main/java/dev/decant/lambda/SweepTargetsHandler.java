package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.aws.Secrets;
import dev.decant.log.LogOutput;
import dev.decant.refresh.RefreshRequest;
import dev.decant.sweep.Leftovers;
import dev.decant.sweep.Sweep;
import dev.decant.sweep.TargetLeftovers;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The function {@code SweepTargets}, which EventBridge Scheduler calls every hour. It drops the
 * databases that killed refreshes left on the servers of the targets. It takes a {@link
 * SweepEvent}. A target that cannot be swept is reported, and the rest goes on.
 */
public final class SweepTargetsHandler implements RequestStreamHandler {
  private static final String NAME = "SweepTargets";

  private final Map<String, String> environment;

  /** The constructor for Lambda. Settings come from the environment, and logs are JSON lines. */
  public SweepTargetsHandler() {
    this(System.getenv());
    LogOutput.ofFunction(environment);
  }

  /** The constructor for a call on this machine, with these settings. */
  SweepTargetsHandler(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    FunctionCall.run(
        context,
        code -> "",
        () ->
            FunctionAnswer.write(
                answer(SweepEvent.read(NAME, input), context.getFunctionName()), output));
  }

  private Map<String, Object> answer(SweepEvent event, String function) {
    RefreshRequest.Credentials credentials =
        new RefreshRequest.Credentials(environment, Secrets::read);
    Instant now = Instant.now();
    List<Leftovers> kinds = new ArrayList<>();
    List<String> notSwept = new ArrayList<>();
    for (Target each : Wiring.targets(environment, TargetUse.SWEEP).targets().values()) {
      if (each.permission().allowRefresh()) {
        kinds.add(TargetLeftovers.byAge(each, credentials, now));
      } else {
        notSwept.add("The target " + each.name() + ", because its allow-refresh is not true.");
      }
    }
    return SweepAnswer.of(Sweep.run(kinds, event.dryRun()), event, function, notSwept);
  }
}
