package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.manifest.Snapshots;
import dev.decant.refresh.RefreshDocument;
import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.RefreshResult;
import dev.decant.setting.Keys;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant refresh}: replaces a staging database by a sanitized snapshot. */
@Command(
    name = "refresh",
    description = {
      "Refreshes the database of a target from a sanitized snapshot.",
      "",
      "The snapshot is loaded into a new database beside the old one. The new database gets"
          + " staging's own identities and is checked. Then the two are swapped within a second. A"
          + " failure leaves the target as it was, and 'decant rollback' brings the old database"
          + " back.",
      "",
      "Guards are checked first. The targets file must allow a refresh of the target and must not"
          + " list its host or database under 'never', and --confirm must repeat the host."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant refresh --target staging --targets targets.yaml \\",
      "      --from s3://bucket/sanitized --confirm staging-db.internal --dry-run",
      "  decant refresh --target staging --targets targets.yaml \\",
      "      --confirm staging-db.internal",
      "  decant refresh --target staging,qa --targets targets.yaml \\",
      "      --confirm staging-db.internal,qa-db.internal"
    })
final class RefreshCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin RefreshOptions options = new RefreshOptions();
  @Mixin StoreOptions from = new StoreOptions();

  @Option(
      names = "--snapshot",
      paramLabel = "SNAPSHOT",
      description = "The snapshot: [SERVICE/ENVIRONMENT/]NAME, or latest. Default: latest.")
  String snapshot = Snapshots.LATEST;

  @Mixin VerifyKeyOptions verifyKey = new VerifyKeyOptions();

  @Option(
      names = "--allow-unsigned",
      description =
          "Without a public key, accept a snapshot although nothing proves who made it. With a"
              + " public key, a snapshot that it did not sign is always refused.")
  boolean allowUnsigned;

  @Option(
      names = "--keep",
      description = "Keep the new database even if a hook after the swap fails.")
  boolean keep;

  private final Console console;
  private final Function<RefreshRequest, RefreshResult> useCase;

  RefreshCommand(Console console, Function<RefreshRequest, RefreshResult> useCase) {
    this.console = console;
    this.useCase = useCase;
  }

  @Override
  public void run() {
    Settings settings = verifyKey.in(from.settings(console.environment()));
    StoreOptions.requireTrust(
        console, settings, new Keys(settings, Secrets::read, console.err()::println).verifyKey());
    try (SnapshotStore store = StoreOptions.open(settings)) {
      show(
          console,
          common.json,
          options.run(
              console,
              new RefreshOptions.Common(
                  TargetUse.REFRESH, settings, store, snapshot, allowUnsigned, keep),
              useCase));
    }
  }

  /** Shows the outcome of each target, and then throws the first error, if there is one. */
  static void show(Console console, boolean json, List<RefreshOptions.Outcome> outcomes) {
    DecantException first = null;
    ArrayNode all = JsonOutput.document().arrayNode();
    for (RefreshOptions.Outcome outcome : outcomes) {
      switch (outcome) {
        case RefreshOptions.Outcome.Succeeded(RefreshResult result) -> {
          all.add(RefreshDocument.of(result));
          if (!json) {
            RefreshPanel.text(result, console.tableColumns()).forEach(console.out()::println);
          }
        }
        case RefreshOptions.Outcome.Failed(Target target, DecantException error) -> {
          all.addObject()
              .put("target", target.name())
              .put("outcome", "failed")
              .put("error", String.valueOf(error.getMessage()));
          console.err().println("target " + target.name() + ": " + error.getMessage());
          first = first == null ? error : first;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    if (json) {
      ObjectNode document =
          outcomes.size() == 1
              ? (ObjectNode) all.get(0)
              : JsonOutput.document().set("targets", all);
      console.out().println(JsonOutput.json(document));
    }
  }
}
