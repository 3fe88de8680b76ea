package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.lambda.Handlers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant invoke}: calls a Lambda function in this process. */
@Command(
    name = "invoke",
    description = {
      "Calls a function on this machine with an event, as Lambda would.",
      "",
      "The settings come from the DECANT_… variables of the environment. To use another S3 than"
          + " that of AWS, set AWS_ENDPOINT_URL. The function's answer is written to stdout as"
          + " JSON."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant invoke SanitizeSnapshot events/self-test.json",
      "  AWS_ENDPOINT_URL=http://localhost:9090 \\",
      "      decant invoke SanitizeSnapshot events/source.json",
      "  DECANT_TARGETS=targets.yaml \\",
      "      decant invoke RefreshStaging events/refresh-dry-run.json"
    })
final class InvokeCommand implements Runnable {
  private static final int LAMBDA_SECONDS = 900;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "The time limit of the call. Default: ${DEFAULT-VALUE}.")
  int timeout = LAMBDA_SECONDS;

  @Parameters(
      index = "0",
      paramLabel = "FUNCTION",
      description =
          "The function: SanitizeSnapshot, PlanRun, RefreshStaging, ScratchInstance, Sweep or"
              + " SweepTargets.")
  String function = "";

  @Parameters(
      index = "1",
      paramLabel = "EVENT",
      description = "The file that holds the event, or - for stdin.")
  String event = "";

  private final Console console;

  InvokeCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Handlers.invoke(
        function,
        new ByteArrayInputStream(event()),
        answer,
        console.environment(),
        Duration.ofSeconds(timeout));
    console.out().println(answer.toString(StandardCharsets.UTF_8).stripTrailing());
  }

  private byte[] event() {
    try {
      return event.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(event));
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.USAGE,
          "Cannot read the event "
              + event
              + ". Give the name of a JSON file. The folder events/ has samples.",
          e);
    }
  }
}
