package dev.decant.sanitize;

import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestDraft;
import dev.decant.manifest.RuleDescription;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.TableRule;
import dev.decant.schema.TableName;
import dev.decant.setting.RawKeys;
import dev.decant.setting.Version;
import dev.decant.source.Source;
import dev.decant.verify.Assertions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the manifest of a run, apart from the fields that the publication adds. */
final class DraftManifest {
  private final SanitizeRequest request;
  private final Instant startedAt;
  private final String scratch;

  DraftManifest(SanitizeRequest request, Instant startedAt, String scratch) {
    this.request = request;
    this.startedAt = startedAt;
    this.scratch = scratch;
  }

  ManifestDraft of(VerifiedSnapshot verified) {
    List<Manifest.Table> tables = tables(verified);
    requireAllRows(verified, tables);
    return new ManifestDraft(
        request.name(),
        origin(verified),
        request.policyReference(),
        request.keys().masking().fingerprint(),
        new ManifestDraft.Maker(Version.text(), startedAt, scratch),
        new ManifestDraft.Findings(
            tables,
            verified.policy().absent().stream().sorted().toList(),
            verified.outcome().steps().stream()
                .map(s -> new Manifest.SqlStep(s.name(), s.rows()))
                .toList(),
            verified.outcome().assertions().stream()
                .map(a -> new Manifest.Assertion(a.name(), a instanceof Assertions.Holds))
                .toList(),
            verified.anchors(),
            verified.leakTrace(),
            verified.dump().beforeRows().stream()
                .filter(s -> s.kind() == StatementKind.EXTENSION)
                .filter(s -> SkeletonFrames.isPublished(s, request.policy()))
                .filter(verified.dump().optional().negate())
                .map(SnapshotSchema::extension)
                .sorted()
                .toList(),
            new ManifestDraft.Objects(
                verified.unverified().items().stream()
                    .map(i -> new Manifest.NotVerified(i.object(), i.reason()))
                    .toList(),
                verified.dump().changed())));
  }

  /** Requires that the frames contain as many rows as the workers counted, so that none is lost. */
  private static void requireAllRows(VerifiedSnapshot verified, List<Manifest.Table> tables) {
    Map<TableName, Long> spooled = verified.frames().rows();
    for (Manifest.Table table : tables) {
      if (spooled.getOrDefault(table.table(), 0L) != table.rowsOut()) {
        throw new DecantException(
            ErrorCode.BUG,
            "Table "
                + table.table()
                + ": The frames do not contain the number of rows that were masked. Nothing is"
                + " published. Please report this error.");
      }
    }
  }

  private Manifest.Origin origin(VerifiedSnapshot verified) {
    Source source = request.source();
    return new Manifest.Origin(
        source.uri(),
        source.etag(),
        verified.dump().sha256().orElse(null),
        source.size(),
        RawKeys.takenAt(request.name().name(), source.modified()).orElse(startedAt),
        verified.dump().header().serverVersion(),
        verified.dump().header().dumpVersion(),
        verified.dump().header().database());
  }

  /** One entry for each table, in the order of the dump. A table may have several COPY blocks. */
  private static List<Manifest.Table> tables(VerifiedSnapshot verified) {
    Map<TableName, Manifest.Table> tables = new LinkedHashMap<>();
    for (RowPipeline.Block block : verified.frames().blocks()) {
      Manifest.Table table = table(verified, block);
      tables.merge(
          table.table(),
          table,
          (a, b) ->
              new Manifest.Table(
                  a.table(),
                  a.rowsIn() + b.rowsIn(),
                  a.rowsOut() + b.rowsOut(),
                  a.truncated(),
                  a.columns()));
    }
    verified
        .outcome()
        .changedRows()
        .forEach(
            (name, rows) ->
                tables.computeIfPresent(
                    name,
                    (n, t) -> new Manifest.Table(n, t.rowsIn(), rows, t.truncated(), t.columns())));
    return List.copyOf(tables.values());
  }

  private static Manifest.Table table(VerifiedSnapshot verified, RowPipeline.Block block) {
    TableName name = block.start.table();
    TableRule rule = verified.policy().rules().get(name);
    List<Manifest.Column> columns =
        rule == null || block.truncate
            ? List.of()
            : block.plan.columns().stream()
                .map(c -> new Manifest.Column(c, RuleDescription.of(rule(rule, c))))
                .toList();
    return new Manifest.Table(name, block.rowsIn, block.rowsOut.sum(), block.truncate, columns);
  }

  private static ColumnRule rule(TableRule rule, String column) {
    ColumnRule found = rule.columns().get(column);
    if (found == null) {
      throw new IllegalStateException("no rule for column " + column);
    }
    return found;
  }
}
