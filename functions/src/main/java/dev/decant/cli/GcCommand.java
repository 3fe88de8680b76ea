package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.postgres.FoundServer;
import dev.decant.progress.Quantity;
import dev.decant.pull.PulledDatabase;
import dev.decant.pull.PulledDatabases;
import dev.decant.pull.PulledDatabases.Dropped;
import dev.decant.scratch.LocalServer;
import dev.decant.setting.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant gc}: drops the databases of old pulls. */
@Command(
    name = "gc",
    description = {
      "Drops old databases that 'decant pull' made.",
      "",
      "It asks first, and drops only databases without connections. It never touches databases"
          + " that 'decant pull' did not make.",
      "",
      "The server is found in the same way as by 'decant pull'."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  decant gc", "  decant gc --older-than 7d --yes"})
final class GcCommand implements Runnable, IExitCodeGenerator {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server, as postgresql://user@host:port/. Default: that of 'decant pull'.")
  @Nullable String server;

  @Option(
      names = "--embedded",
      description = "Use the server that 'decant pull --embedded' started.")
  boolean embedded;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "The least age of a database to drop: 30d, 12h, 2w. Default: ${DEFAULT-VALUE}.")
  String olderThan = "30d";

  @Option(names = "--yes", description = "Drop the databases without a question.")
  boolean yes;

  @Option(
      names = "--dry-run",
      description = "Show which databases would be dropped, but drop nothing.")
  boolean dryRun;

  private final Console console;
  private int exitCode;

  GcCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (embedded && server != null) {
      throw new DecantException(
          ErrorCode.USAGE, "--embedded uses a server of its own. Leave --server out.");
    }
    Instant before = Instant.now().minus(Ages.parse(olderThan));
    Settings settings = new Settings(console.environment());
    if (embedded && !LocalServer.runs(settings.state())) {
      answer(null, List.of(), new Dropped(List.of(), Map.of()));
      return;
    }
    FoundServer found =
        embedded ? LocalServers.start(console, settings) : LocalServers.find(console, server);
    PulledDatabases databases = new PulledDatabases(found);
    if (!dryRun) {
      databases
          .dropLeftovers()
          .forEach(
              name -> console.err().println("Dropped " + name + ", which a killed pull left."));
    }
    List<PulledDatabase> unused = databases.unused(before);
    if (dryRun || unused.isEmpty()) {
      answer(databases, unused, new Dropped(List.of(), Map.of()));
      return;
    }
    requireConsent(databases, unused);
    Dropped dropped = databases.drop(unused);
    answer(databases, unused, dropped);
    dropped.failed().values().forEach(why -> console.err().println("decant: " + why));
    exitCode = dropped.failed().isEmpty() ? 0 : ErrorKind.DATABASE.exitCode();
  }

  /**
   * The exit code is not zero if a database could not be dropped, although the others were dropped.
   */
  @Override
  public int getExitCode() {
    return exitCode;
  }

  private void requireConsent(PulledDatabases databases, List<PulledDatabase> unused) {
    if (yes) {
      return;
    }
    table(unused).lines().forEach(console.err()::println);
    boolean agreed =
        console
            .questions()
            .agree("Drop these " + unused.size() + " databases on " + databases.host() + "?")
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.REFUSED,
                        "There is no terminal to ask at. Give --yes to drop the databases, or"
                            + " --dry-run to list them."));
    if (!agreed) {
      throw new DecantException(ErrorCode.REFUSED, "Nothing was dropped.");
    }
  }

  private void answer(
      @Nullable PulledDatabases databases, List<PulledDatabase> unused, Dropped dropped) {
    if (common.json) {
      ObjectNode document = JsonOutput.document();
      list(document.putArray("unused"), unused);
      list(document.putArray("dropped"), dropped.dropped());
      list(document.putArray("failed"), List.copyOf(dropped.failed().keySet()));
      console.out().println(JsonOutput.json(document));
    } else if (databases == null) {
      console
          .out()
          .println(
              "The embedded server does not run, so nothing was dropped. 'decant pull --embedded'"
                  + " starts it.");
    } else if (unused.isEmpty()) {
      console
          .out()
          .println("No database of a pull on " + databases.host() + " is old enough and unused.");
    } else if (dryRun) {
      table(unused).lines(console.tableColumns()).forEach(console.out()::println);
    } else {
      dropped.dropped().forEach(d -> console.out().println("dropped " + d.name()));
    }
  }

  private static void list(ArrayNode array, List<PulledDatabase> databases) {
    for (PulledDatabase each : databases) {
      array
          .addObject()
          .put("name", each.name())
          .put("snapshot", each.snapshot())
          .put("pulledAt", each.pulledAt().toString())
          .put("bytes", each.size());
    }
  }

  private static TextTable table(List<PulledDatabase> databases) {
    TextTable table = new TextTable("DATABASE", ">PULLED", ">SIZE", "SNAPSHOT");
    Instant now = Instant.now();
    for (PulledDatabase each : databases) {
      table.row(
          each.name(),
          Ages.of(each.pulledAt(), now) + " ago",
          each.size() < 0 ? "?" : Quantity.bytes(each.size()),
          each.snapshot());
    }
    return table;
  }
}
