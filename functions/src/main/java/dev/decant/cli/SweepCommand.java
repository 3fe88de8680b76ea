package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServers;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant sweep}: removes what failed runs left. */
@Command(
    name = "sweep",
    description = {
      "Removes what failed runs left: embedded servers and their folders on this machine; with"
          + " --scratch the databases on that server; with --from uploads to that store that were"
          + " begun more than a day ago and never finished. What runs now is left alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant sweep",
      "  decant sweep --scratch postgresql://decant@db.internal/postgres --from s3://bucket/prefix"
    })
final class SweepCommand implements Runnable {
  private static final Duration ABANDONED = Duration.ofDays(1);

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--scratch",
      paramLabel = "URL",
      description = "A scratch server. Default: DECANT_SCRATCH, where it is a server.")
  @Nullable String scratch;

  @Option(
      names = "--from",
      paramLabel = "STORE",
      description = "A store: a folder or s3://bucket/prefix. Default: DECANT_STORE.")
  @Nullable String store;

  private final Console console;

  SweepCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Settings settings =
        new Settings(console.environment())
            .with(Setting.SCRATCH, scratch)
            .with(Setting.STORE, store);
    ScratchOptions options =
        ScratchOptions.of(console.environment()).withRunFolder(settings.work());
    ObjectNode document =
        Answer.document().put("embeddedServers", ScratchServers.sweepEmbedded(options));
    if (!settings.scratch().equals("embedded")) {
      document.put("databases", ScratchServers.sweepServer(settings.scratch()));
    }
    if (settings.value(Setting.STORE).isPresent()) {
      try (SnapshotStore opened = StoreOptions.open(settings)) {
        document.put("uploads", opened.abortUploads("", Instant.now().minus(ABANDONED)));
      }
    }
    console.out().println(common.json ? Answer.json(document) : text(document));
  }

  private static String text(ObjectNode document) {
    StringBuilder text = new StringBuilder("removed: ");
    text.append(document.get("embeddedServers").asInt()).append(" embedded servers");
    if (document.has("databases")) {
      text.append(", ").append(document.get("databases").asInt()).append(" databases");
    }
    if (document.has("uploads")) {
      text.append(", ").append(document.get("uploads").asInt()).append(" uploads");
    }
    return text.toString();
  }
}
