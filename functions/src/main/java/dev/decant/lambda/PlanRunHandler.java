package dev.decant.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.decant.log.LogOutput;
import dev.decant.setting.Settings;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code PlanRun}, the first step of the workflow. It finds out what an event is about
 * and which worker suits it, by the size and kind of the source. It reads no rows: it asks S3 for
 * the size of an object, and RDS for the description of a snapshot. {@code docs/aws-operations.md}
 * lists the fields of its answer.
 */
public final class PlanRunHandler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PlanRunHandler.class);

  private final Map<String, String> environment;

  /** The constructor for Lambda. Settings come from the environment, and logs are JSON lines. */
  public PlanRunHandler() {
    this(System.getenv());
    LogOutput.ofFunction(environment);
  }

  /** The constructor for a call on this machine, with these settings. */
  PlanRunHandler(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    FunctionCall.run(
        context,
        code -> "",
        () -> FunctionAnswer.write(answer(PlanEventReader.read(input), context), output));
  }

  private Map<String, @Nullable Object> answer(PlanEventReader.Request request, Context context) {
    Settings settings = new Settings(environment);
    String execution = request.execution();
    RunPlan plan =
        switch (request.event()) {
          case PlanEvent.Nothing nothing -> RunPlan.skip(nothing.reason(), nothing.source());
          case PlanEvent.Dump(RawDump dump) ->
              new DumpPlan(settings).of(dump).with("run", RunPlan.run(execution, dump.uri()));
          case PlanEvent.Snapshot snapshot ->
              new SnapshotPlan(settings, context.getInvokedFunctionArn())
                  .of(snapshot, RunPlan.run(execution, snapshot.arn().text()));
        };
    Map<String, @Nullable Object> answer = plan.answer();
    LOG.atInfo()
        .addKeyValue("event", "planned")
        .addKeyValue("source", answer.get("source"))
        .addKeyValue("worker", answer.get("worker"))
        .log("{} for {}: {}", answer.get("worker"), answer.get("source"), answer.get("reason"));
    return answer;
  }
}
