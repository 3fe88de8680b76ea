package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.SignatureCheck;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Quantity;
import dev.decant.setting.Keys;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code decant show}: shows the manifest of a snapshot. */
@Command(
    name = "show",
    description = "Shows what a sanitized snapshot holds, and how each column was masked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant show --from snapshots",
      "  decant show backend/production/app_20260323-060000 --json \\",
      "      --from s3://bucket/prefix"
    })
final class ShowCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin StoreOptions from = new StoreOptions();

  @Mixin VerifyKeyOptions verifyKey = new VerifyKeyOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      description = "The snapshot: [SERVICE/ENVIRONMENT/]NAME, or latest. Default: latest.")
  String snapshot = Snapshots.LATEST;

  private final Console console;

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Settings settings = verifyKey.in(from.settings(console.environment()));
    Keys keys = new Keys(settings, Secrets::read, console.err()::println);
    try (SnapshotStore store = StoreOptions.open(settings)) {
      Snapshots snapshots = new Snapshots(store);
      SnapshotName name = StoreOptions.resolve(snapshots, snapshot, settings);
      PublishedManifest published = snapshots.read(name, keys.verifyKey().orElse(null));
      published.verification().require(name).ifPresent(console.err()::println);
      if (common.json) {
        console.out().println(JsonOutput.json(published.document()));
      } else {
        show(published, store, snapshots.damage(published.manifest()));
      }
    }
  }

  private void show(PublishedManifest published, SnapshotStore store, Optional<String> damage) {
    Manifest manifest = published.manifest();
    TextTable facts = new TextTable("snapshot", manifest.snapshot().toString());
    facts.row("dump", store.locate(manifest.snapshot().key(SnapshotName.DUMP)));
    facts.row("report", store.locate(manifest.snapshot().key(SnapshotName.REPORT)));
    facts.row("size", Quantity.bytes(manifest.dump().size()));
    facts.row(
        "rows", Quantity.count(manifest.rowsOut()) + " of " + Quantity.count(manifest.rowsIn()));
    facts.row("verdict", SnapshotVerdict.sentence(manifest, damage));
    facts.row(
        "taken",
        manifest.source().takenAt().truncatedTo(ChronoUnit.SECONDS)
            + ", "
            + Ages.of(manifest.source().takenAt(), Instant.now())
            + " ago");
    facts.row("published", manifest.run().finishedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.row("source", manifest.source().uri());
    facts.row("policy", manifest.policy().file() + ", sha256 " + manifest.policy().sha256());
    facts.row("key", manifest.key().fingerprint());
    facts.row("signature", signature(published.verification()));
    facts.row("decant", manifest.decant() + ", scratch " + manifest.run().scratch());
    SnapshotVerdict.notVerified(manifest).forEach(each -> facts.row("not verified", each));
    Manifest.Reidentification counted = manifest.reidentification();
    if (counted != null) {
      counted.tables().forEach(each -> facts.row("quasi-identifiers", groups(each, counted.k())));
      counted.notCounted().forEach(table -> facts.row("not counted", table.toString()));
    }
    Objects.requireNonNullElse(manifest.ddl(), List.<Manifest.ChangedObject>of())
        .forEach(changed -> facts.row(changed.change(), changed.object()));
    facts.lines(console.tableColumns()).forEach(console.out()::println);
    console.out().println();
    if (manifest.tables().isEmpty()) {
      console.out().println("The snapshot has no tables.");
    } else {
      tables(manifest).lines(console.tableColumns()).forEach(console.out()::println);
    }
  }

  private static String groups(Manifest.QuasiIdentifiers found, int k) {
    return found.table()
        + " ("
        + String.join(", ", found.columns())
        + "): smallest group "
        + Quantity.counted(found.smallest(), "row")
        + ", "
        + Quantity.count(found.unique())
        + " unique, "
        + Quantity.count(found.below())
        + " of "
        + Quantity.count(found.rows())
        + " in groups below "
        + k;
  }

  private static String signature(SignatureCheck verification) {
    return switch (verification) {
      case SignatureCheck.Valid valid -> "valid, key " + valid.keyId();
      case SignatureCheck.Unverifiable unverifiable -> "not checked, key " + unverifiable.keyId();
      case SignatureCheck.Unsigned _ -> "none";
      case SignatureCheck.Invalid invalid -> invalid.reason();
    };
  }

  private static TextTable tables(Manifest manifest) {
    TextTable table = new TextTable("TABLE", ">ROWS", "MASKED COLUMNS");
    for (Manifest.Table each : manifest.tables()) {
      table.row(
          each.table().toString(),
          Quantity.count(each.rowsOut()),
          each.truncated() ? "truncated" : masked(each));
    }
    return table;
  }

  private static String masked(Manifest.Table table) {
    if (table.columns().stream().allMatch(Manifest.Column::kept)) {
      return "none";
    }
    return table.columns().stream()
        .filter(column -> !column.kept())
        .map(column -> column.name() + " (" + masks(column) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String masks(Manifest.Column column) {
    return column.rules().stream().map(Manifest.Rule::mask).collect(Collectors.joining(" or "));
  }
}
