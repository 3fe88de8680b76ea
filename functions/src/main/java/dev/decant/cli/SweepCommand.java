package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.TargetSweep;
import dev.decant.sanitize.Sanitization;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServers;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.sweep.Leftovers;
import dev.decant.sweep.StoreLeftovers;
import dev.decant.sweep.Sweep;
import dev.decant.sweep.TargetLeftovers;
import dev.decant.target.Target;
import dev.decant.target.TargetUse;
import dev.decant.target.Targets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant sweep}: removes the remains of failed runs. */
@Command(
    name = "sweep",
    description = {
      "Removes the remains of failed runs and, if asked to, old snapshots.",
      "",
      "On this machine it stops embedded servers and deletes work folders whose run has ended. With"
          + " --scratch it also drops databases on that server. With --from it also aborts"
          + " unfinished uploads to that store that began more than a day ago, and removes the"
          + " claims of killed runs, and the files of runs of 'decant scale' that are more than two"
          + " days old. With --keep-days it also deletes old snapshots of that store."
          + " With --targets it also drops the databases NAME_next_… that"
          + " killed refreshes left on the servers of the targets. It does not touch anything of a"
          + " run that is still working."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant sweep",
      "  decant sweep --scratch postgresql://decant@db.internal/postgres \\",
      "      --from s3://bucket/prefix",
      "  decant sweep --from s3://bucket/prefix --keep-days 30 --keep-last 7 --dry-run",
      "  decant sweep --targets targets.yaml --target staging"
    })
final class SweepCommand implements Runnable {
  private static final Sweep.Report NOTHING =
      new Sweep.Report(List.of(), List.of(), List.of(), List.of());

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin RetentionOptions retention = new RetentionOptions();

  @Option(
      names = "--scratch",
      paramLabel = "URL",
      description = "The URL of a scratch server. Default: DECANT_SCRATCH, if that is a URL.")
  @Nullable String scratch;

  @Option(
      names = "--from",
      paramLabel = "STORE",
      description = "The store: a folder or s3://bucket/prefix. Default: DECANT_STORE.")
  @Nullable String store;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "The targets file: a file or s3://bucket/key. The guards of the targets apply.")
  @Nullable String targets;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description =
          "Sweep only this target, or several, separated by commas. Default: all targets with"
              + " allow-refresh: true.")
  @Nullable String target;

  @Mixin ParameterOptions parameters = new ParameterOptions();

  private final Console console;

  SweepCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (target != null && targets == null) {
      throw new DecantException(
          ErrorCode.USAGE, "--target needs the targets file. Give --targets FILE.");
    }
    Settings settings =
        new Settings(console.environment())
            .with(Setting.SCRATCH, scratch)
            .with(Setting.STORE, store);
    retention.check(settings);
    ObjectNode document = JsonOutput.document();
    if (retention.dryRun) {
      Sweep.Report report = kinds(settings);
      retention.report(report, document);
      print(document, RetentionOptions.text(report));
      return;
    }
    ScratchOptions options =
        ScratchOptions.of(console.environment()).withRunFolder(settings.work());
    document.put("embeddedServers", ScratchServers.sweepEmbedded(options));
    document.put("workFolders", Sanitization.sweep(settings.work()));
    if (!settings.scratch().equals("embedded")) {
      document.put("databases", ScratchServers.sweepServer(ScratchUrl.of(settings, Secrets::read)));
    }
    Sweep.Report report = NOTHING;
    if (settings.value(Setting.STORE).isPresent()) {
      try (SnapshotStore opened = StoreOptions.open(settings)) {
        report = Sweep.run(retention.ofStore(settings, opened, console), false);
        document.put("uploads", report.deleted(StoreLeftovers.UPLOAD));
        document.put("claims", report.deleted(StoreLeftovers.CLAIM));
        document.put("scaledRuns", report.deleted(StoreLeftovers.SCALED_RUN));
      }
    }
    if (targets != null) {
      document.set("targetDatabases", sweep(targets));
    }
    String text = text(document);
    if (settings.value(Setting.STORE).isPresent()) {
      retention.report(report, document);
      text += report.equals(NOTHING) ? "" : '\n' + RetentionOptions.text(report);
    }
    print(document, text);
    if (!report.failed().isEmpty()) {
      throw new DecantException(
          ErrorCode.STORE_FAILED,
          report.failed().size()
              + " leftovers of the store could not be listed or deleted. The lines with 'failed'"
              + " say why. Run the command again.");
    }
  }

  private Sweep.Report kinds(Settings settings) {
    List<Leftovers> kinds = new ArrayList<>(retention.ofScratch(settings));
    if (targets != null) {
      wanted(targets).forEach(each -> kinds.add(TargetLeftovers.of(each, credentials())));
    }
    if (settings.value(Setting.STORE).isEmpty()) {
      return Sweep.run(kinds, true);
    }
    try (SnapshotStore opened = StoreOptions.open(settings)) {
      kinds.addAll(retention.ofStore(settings, opened, console));
      return Sweep.run(kinds, true);
    }
  }

  private void print(ObjectNode document, String text) {
    console.out().println(common.json ? JsonOutput.json(document) : text.stripTrailing());
  }

  private ArrayNode sweep(String file) {
    ArrayNode dropped = JsonOutput.document().arrayNode();
    for (Target each : wanted(file)) {
      TargetSweep.run(each, credentials()).forEach(dropped::add);
    }
    return dropped;
  }

  private RefreshRequest.Credentials credentials() {
    return new RefreshRequest.Credentials(console.environment(), Secrets::read);
  }

  private List<Target> wanted(String file) {
    List<String> names = target == null ? List.of() : TargetOptions.names(target);
    Targets all =
        TargetOptions.read(file, parameters, console.environment(), TargetUse.SWEEP, names);
    return target == null
        ? all.targets().values().stream().filter(t -> t.permission().allowRefresh()).toList()
        : names.stream().map(all::target).toList();
  }

  private static String text(ObjectNode document) {
    StringBuilder text = new StringBuilder("removed: ");
    text.append(document.get("embeddedServers").asInt()).append(" embedded servers");
    text.append(", ").append(document.get("workFolders").asInt()).append(" work folders");
    if (document.has("databases")) {
      text.append(", ").append(document.get("databases").asInt()).append(" databases");
    }
    if (document.has("uploads")) {
      text.append(", ").append(document.get("uploads").asInt()).append(" uploads");
      text.append(", ").append(document.get("claims").asInt()).append(" claims");
      text.append(", ").append(document.get("scaledRuns").asInt()).append(" scaled runs");
    }
    if (document.has("targetDatabases")) {
      text.append(", ").append(document.get("targetDatabases").size());
      text.append(" databases on the servers of targets");
      document.get("targetDatabases").forEach(name -> text.append("\n  ").append(name.asText()));
    }
    return text.toString();
  }
}
