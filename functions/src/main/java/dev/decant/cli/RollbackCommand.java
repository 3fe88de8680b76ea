package dev.decant.cli;

import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.RefreshResult;
import dev.decant.setting.Settings;
import dev.decant.target.TargetUse;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code decant rollback}: brings back the database that a refresh replaced. */
@Command(
    name = "rollback",
    description = {
      "Brings back the database that the last refresh of a target replaced.",
      "",
      "This takes about a second. The current database becomes the previous one, so a second"
          + " rollback undoes the first."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant rollback --target staging --targets targets.yaml \\",
      "      --confirm staging-db.internal",
      "  decant rollback --target staging --targets targets.yaml \\",
      "      --confirm staging-db.internal --dry-run"
    })
final class RollbackCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin RefreshOptions options = new RefreshOptions();

  private final Console console;
  private final Function<RefreshRequest, RefreshResult> useCase;

  RollbackCommand(Console console, Function<RefreshRequest, RefreshResult> useCase) {
    this.console = console;
    this.useCase = useCase;
  }

  @Override
  public void run() {
    RefreshCommand.show(
        console,
        common.json,
        options.run(
            console,
            new RefreshOptions.Common(
                TargetUse.ROLLBACK, new Settings(console.environment()), null, "", false, false),
            useCase));
  }
}
