package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.manifest.Listing;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Quantity;
import dev.decant.setting.Keys;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code decant list}: lists the snapshots of a store, the newest first. */
@Command(
    name = "list",
    description = {
      "Lists the newest sanitized snapshots of a store, the newest first.",
      "",
      "VERDICT is 'verified' if PostgreSQL rebuilt the constraints over the masked rows and the"
          + " policy's assertions hold. 'verified, 2 not' means that two objects without rows, such"
          + " as views, could not be verified; 'decant show' lists them. SIGNATURE is 'valid' if"
          + " the snapshot was signed with the key that belongs to --verify-key. If you give this"
          + " key and it did not sign a snapshot, VERDICT is 'refused'. VERDICT is 'damaged' if the"
          + " dump does not exist or has another size than its manifest states; 'decant verify'"
          + " checks each byte."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant list",
      "  decant list --from snapshots --all",
      "  decant list --from s3://bucket/sanitized-snapshots --service backend --json"
    })
final class ListCommand implements Runnable {
  private static final int NEWEST = 20;

  /** Longer lists show no verdicts, because each verdict needs a whole manifest. */
  private static final int MOST_VERDICTS = 100;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin StoreOptions from = new StoreOptions();

  @Option(
      names = "--all",
      description =
          "List all snapshots, not only the newest "
              + NEWEST
              + ". A list of more than "
              + MOST_VERDICTS
              + " has no verdicts and signatures.")
  boolean all;

  @Mixin VerifyKeyOptions verifyKey = new VerifyKeyOptions();

  private final Console console;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Settings settings = verifyKey.in(from.settings(console.environment()));
    Keys keys = new Keys(settings, Secrets::read, console.err()::println);
    try (SnapshotStore store = StoreOptions.open(settings)) {
      Snapshots snapshots = new Snapshots(store);
      Listing listing =
          snapshots.newest(
              all ? Integer.MAX_VALUE : NEWEST,
              settings.value(Setting.SERVICE).orElse(null),
              settings.value(Setting.ENVIRONMENT).orElse(null));
      List<SnapshotVerdict> verdicts =
          listing.snapshots().size() > MOST_VERDICTS
              ? List.of()
              : SnapshotVerdict.read(snapshots, listing, keys.verifyKey().orElse(null));
      listing.unreadable().forEach(line -> console.err().println("Not listed: " + line));
      damages(listing, verdicts)
          .forEach((name, how) -> console.err().println("Damaged: " + name + ". " + how));
      if (common.json) {
        console.out().println(JsonOutput.json(document(store, listing, verdicts)));
      } else {
        show(store, listing, verdicts);
      }
    }
  }

  /** The snapshots that nobody can use, in the order of the list, and the reasons. */
  private static Map<SnapshotName, String> damages(
      Listing listing, List<SnapshotVerdict> verdicts) {
    Map<SnapshotName, String> damages = new LinkedHashMap<>();
    for (int i = 0; i < listing.snapshots().size(); i++) {
      SnapshotName name = listing.snapshots().get(i).name();
      String damage = verdicts.isEmpty() ? listing.damaged().get(name) : verdicts.get(i).damage();
      if (damage != null) {
        damages.put(name, damage);
      }
    }
    return damages;
  }

  private void show(SnapshotStore store, Listing listing, List<SnapshotVerdict> verdicts) {
    if (listing.snapshots().isEmpty()) {
      if (listing.unreadable().isEmpty()) {
        console.err().println("There are no snapshots in " + store.location() + where() + ".");
      }
      return;
    }
    table(listing, verdicts).lines(console.tableColumns()).forEach(console.out()::println);
    int older = listing.total() - listing.snapshots().size() - listing.unreadable().size();
    if (older > 0) {
      console
          .err()
          .println("There are " + Quantity.count(older) + " older ones. --all lists them.");
    }
  }

  private String where() {
    return from.service == null && from.environment == null
        ? ""
        : " for this service and environment";
  }

  private static TextTable table(Listing listing, List<SnapshotVerdict> verdicts) {
    TextTable table =
        verdicts.isEmpty()
            ? new TextTable("SNAPSHOT", "TAKEN (UTC)", ">AGE", ">ROWS", ">SIZE")
            : new TextTable(
                "SNAPSHOT", "TAKEN (UTC)", ">AGE", ">ROWS", ">SIZE", "VERDICT", "SIGNATURE");
    Instant now = Instant.now();
    for (int i = 0; i < listing.snapshots().size(); i++) {
      SnapshotSummary each = listing.snapshots().get(i);
      String taken = each.takenAt().truncatedTo(ChronoUnit.SECONDS).toString();
      String[] facts = {
        each.name().toString(),
        taken.replace('T', ' ').replace("Z", ""),
        Ages.of(each.takenAt(), now),
        Quantity.count(each.rows()),
        Quantity.bytes(each.dumpSize())
      };
      if (verdicts.isEmpty()) {
        table.row(facts);
      } else {
        SnapshotVerdict its = verdicts.get(i);
        table.row(facts[0], facts[1], facts[2], facts[3], facts[4], its.summary(), its.signature());
      }
    }
    return table;
  }

  private static ObjectNode document(
      SnapshotStore store, Listing listing, List<SnapshotVerdict> verdicts) {
    Map<SnapshotName, String> damages = damages(listing, verdicts);
    ObjectNode document =
        JsonOutput.document().put("store", store.location()).put("total", listing.total());
    ArrayNode snapshots = document.putArray("snapshots");
    for (int i = 0; i < listing.snapshots().size(); i++) {
      SnapshotSummary each = listing.snapshots().get(i);
      ObjectNode snapshot =
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
              .put("source", each.madeFrom().source())
              .put("policySha256", each.madeFrom().policySha256())
              .put("keyFingerprint", each.madeFrom().keyFingerprint())
              .put("decant", each.madeFrom().decant());
      if (damages.containsKey(each.name())) {
        snapshot.put("damage", damages.get(each.name()));
      }
      if (!verdicts.isEmpty()) {
        snapshot.put("verdict", verdicts.get(i).verdict());
        snapshot.put("signature", verdicts.get(i).signature());
        ArrayNode notVerified = snapshot.putArray("notVerified");
        verdicts.get(i).notVerified().forEach(notVerified::add);
      }
    }
    ArrayNode unreadable = document.putArray("unreadable");
    listing.unreadable().forEach(unreadable::add);
    return document;
  }
}
