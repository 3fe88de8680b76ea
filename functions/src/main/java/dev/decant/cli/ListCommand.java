package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.manifest.Listing;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Quantity;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code decant list}: the snapshots of a store, newest first. */
@Command(
    name = "list",
    description = "Lists the sanitized snapshots of a store, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant list --from snapshots",
      "  decant list --from s3://bucket/sanitized-snapshots --service backend --json"
    })
final class ListCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin StoreOptions from = new StoreOptions();

  private final Console console;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Settings settings = from.settings(console.environment());
    try (SnapshotStore store = StoreOptions.open(settings)) {
      Listing listing =
          new Snapshots(store)
              .list(
                  settings.value(Setting.SERVICE).orElse(null),
                  settings.value(Setting.ENVIRONMENT).orElse(null));
      listing.unreadable().forEach(line -> console.err().println("Not listed: " + line));
      if (common.json) {
        console.out().println(Answer.json(document(store, listing)));
      } else if (listing.snapshots().isEmpty()) {
        console.err().println("There are no snapshots in " + store.location() + ".");
      } else {
        table(listing).lines().forEach(console.out()::println);
      }
    }
  }

  private static TextTable table(Listing listing) {
    TextTable table = new TextTable("SNAPSHOT", "TAKEN (UTC)", ">ROWS", ">SIZE");
    for (SnapshotSummary each : listing.snapshots()) {
      String taken = each.takenAt().truncatedTo(ChronoUnit.SECONDS).toString();
      table.row(
          each.name().toString(),
          taken.replace('T', ' ').replace("Z", ""),
          Quantity.count(each.rows()),
          Quantity.bytes(each.dumpSize()));
    }
    return table;
  }

  private static ObjectNode document(SnapshotStore store, Listing listing) {
    ObjectNode document = Answer.document().put("store", store.location());
    ArrayNode snapshots = document.putArray("snapshots");
    for (SnapshotSummary each : listing.snapshots()) {
      snapshots
          .addObject()
          .put("service", each.name().service())
          .put("environment", each.name().environment())
          .put("name", each.name().name())
          .put("takenAt", each.takenAt().toString())
          .put("publishedAt", each.publishedAt().toString())
          .put("rows", each.rows())
          .put("bytes", each.dumpSize())
          .put("textBytes", each.textSize())
          .put("source", each.source())
          .put("policySha256", each.policySha256())
          .put("keyFingerprint", each.keyFingerprint())
          .put("decant", each.decant());
    }
    ArrayNode unreadable = document.putArray("unreadable");
    listing.unreadable().forEach(unreadable::add);
    return document;
  }
}
