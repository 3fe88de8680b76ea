package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.Printable;
import dev.decant.manifest.Retention;
import dev.decant.setting.Keys;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.sweep.Leftovers;
import dev.decant.sweep.OldSnapshots;
import dev.decant.sweep.ScratchLeftovers;
import dev.decant.sweep.StoreLeftovers;
import dev.decant.sweep.Sweep;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code decant sweep} about old snapshots, and the dry run. */
final class RetentionOptions {
  @Option(
      names = "--keep-days",
      paramLabel = "N",
      description =
          "Also delete the snapshots of the store that are older than N days. The last good"
              + " snapshots of each service and environment are kept.")
  @Nullable Integer keepDays;

  @Option(
      names = "--keep-last",
      paramLabel = "N",
      description =
          "With --keep-days: the number of good snapshots of each service and environment that are"
              + " kept although they are old. Default: 1.")
  @Nullable Integer keepLast;

  @Option(
      names = "--dry-run",
      description =
          "Show what would be deleted in the store, on the scratch server and on the servers of the"
              + " targets, and delete nothing.")
  boolean dryRun;

  /** Refuses options that do not fit together, before anything is deleted. */
  void check(Settings settings) {
    if (keepLast != null && keepDays == null) {
      throw usage("--keep-last needs --keep-days. Give both, or neither.");
    }
    if (keepDays != null && settings.value(Setting.STORE).isEmpty()) {
      throw usage("--keep-days needs a store. Give --from STORE, or set DECANT_STORE.");
    }
    if (keepDays != null) {
      var _ = rule(keepDays);
    }
  }

  private Retention rule(int days) {
    return new Retention(days, keepLast == null ? 1 : keepLast);
  }

  private static DecantException usage(String message) {
    return new DecantException(ErrorCode.USAGE, message);
  }

  /** What would be deleted on a scratch server, if there is one. */
  List<Leftovers> ofScratch(Settings settings) {
    return settings.scratch().equals("embedded")
        ? List.of()
        : List.of(new ScratchLeftovers(() -> ScratchUrl.of(settings, Secrets::read)));
  }

  /** What a store has: the remains of dead runs, and old snapshots if they were asked for. */
  List<Leftovers> ofStore(Settings settings, SnapshotStore store, Console console) {
    Instant now = Instant.now();
    if (keepDays == null) {
      return StoreLeftovers.withoutFiles(store, now);
    }
    List<Leftovers> kinds = new ArrayList<>(StoreLeftovers.of(store, now));
    PublicKey key =
        new Keys(settings, Secrets::read, console.err()::println).verifyKey().orElse(null);
    kinds.add(new OldSnapshots(rule(keepDays), store, key, now));
    return kinds;
  }

  /** Writes what was found or deleted, and why something else was not. */
  void report(Sweep.Report report, ObjectNode document) {
    document.put("dryRun", dryRun);
    entries(document.putArray("found"), report.found());
    entries(document.putArray("deleted"), report.deleted());
    entries(document.putArray("left"), report.left());
    entries(document.putArray("failed"), report.failed());
  }

  private static void entries(ArrayNode list, List<Sweep.Entry> entries) {
    for (Sweep.Entry each : entries) {
      list.addObject().put("kind", each.kind()).put("name", each.name()).put("why", each.why());
    }
  }

  /** The lines for people. */
  static String text(Sweep.Report report) {
    StringBuilder text = new StringBuilder();
    lines(text, "would delete", report.found());
    lines(text, "deleted", report.deleted());
    lines(text, "kept", report.left());
    lines(text, "failed", report.failed());
    return text.isEmpty() ? "nothing to delete\n" : text.toString();
  }

  private static void lines(StringBuilder text, String what, List<Sweep.Entry> entries) {
    for (Sweep.Entry each : entries) {
      text.append(what).append(": ").append(each.kind()).append(' ');
      text.append(Printable.of(each.name())).append(" - ").append(each.why()).append('\n');
    }
  }
}
