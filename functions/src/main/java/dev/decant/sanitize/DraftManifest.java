package dev.decant.sanitize;

import dev.decant.detect.Verdict;
import dev.decant.detect.name.NameDetector;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestDraft;
import dev.decant.manifest.RuleDescription;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.TableRule;
import dev.decant.policy.Policy;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.setting.RawKeys;
import dev.decant.setting.Version;
import dev.decant.source.Source;
import dev.decant.verify.Assertions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the manifest of a run, apart from the fields that the publication adds. */
final class DraftManifest {
  private final SanitizeRequest request;
  private final Instant startedAt;
  private final String scratch;
  private final Map<String, Duration> timings;

  /**
   * Takes what is known before the publication.
   *
   * @param timings the times of the stages so far
   */
  DraftManifest(
      SanitizeRequest request, Instant startedAt, String scratch, Map<String, Duration> timings) {
    this.request = request;
    this.startedAt = startedAt;
    this.scratch = scratch;
    this.timings = timings;
  }

  ManifestDraft of(VerifiedSnapshot verified) {
    List<Manifest.Table> tables = tables(verified);
    requireAllRows(verified, tables);
    return new ManifestDraft(
        request.name(),
        origin(verified),
        request.policyReference(),
        new Manifest.KeyReference(
            request.keys().masking().fingerprint(), request.keys().maskingStore()),
        new ManifestDraft.Maker(Version.text(), startedAt, scratch, stages()),
        new ManifestDraft.Findings(
            tables,
            verified.policy().absent().stream().sorted().toList(),
            verified.outcome().steps().stream()
                .map(s -> new Manifest.SqlStep(s.name(), s.rows()))
                .toList(),
            assertions(verified.outcome().assertions()),
            verified.anchors(),
            new ManifestDraft.Proof(verified.leakTrace(), verified.outcome().reidentification()),
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

  private List<Manifest.Stage> stages() {
    return timings.entrySet().stream()
        .map(e -> new Manifest.Stage(e.getKey(), e.getValue().toMillis()))
        .toList();
  }

  private List<Manifest.Assertion> assertions(List<Assertions.Result> results) {
    Map<String, Policy.Assertion> written = new HashMap<>();
    request.policy().afterLoad().assertions().forEach(a -> written.put(a.name(), a));
    return results.stream()
        .map(
            result -> {
              Policy.Assertion assertion = written.get(result.name());
              String equals = assertion == null ? null : assertion.equals();
              return new Manifest.Assertion(
                  result.name(),
                  result instanceof Assertions.Holds,
                  assertion == null ? null : asWritten(assertion.sql()),
                  equals == null ? null : asWritten(equals));
            })
        .toList();
  }

  private String asWritten(String text) {
    return request.policy().parameters().written(text);
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
  private List<Manifest.Table> tables(VerifiedSnapshot verified) {
    Map<TableName, Manifest.Table> tables = new LinkedHashMap<>();
    for (CopyBlock block : verified.frames().blocks()) {
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

  private Manifest.Table table(VerifiedSnapshot verified, CopyBlock block) {
    TableName name = block.table();
    TableRule rule = verified.policy().rules().get(name);
    List<Manifest.Column> columns =
        rule == null || block.truncated()
            ? List.of()
            : block.plan().columns().stream()
                .map(c -> column(verified, name, c, rule(rule, c)))
                .toList();
    return new Manifest.Table(name, block.rowsIn(), block.rowsOut(), block.truncated(), columns);
  }

  private Manifest.Column column(
      VerifiedSnapshot verified, TableName table, String name, ColumnRule rule) {
    return new Manifest.Column(
        name,
        RuleDescription.of(rule, this::asWritten),
        rule.cases().stream().anyMatch(c -> c.mask().name().equals("keep"))
            ? looksLike(verified.catalog(), table, name)
            : null);
  }

  private static @Nullable String looksLike(Schema catalog, TableName name, String columnName) {
    Table table = catalog.table(name).orElse(null);
    Column column = table == null ? null : table.column(columnName).orElse(null);
    return table != null
            && column != null
            && NameDetector.of(table).verdict(column) instanceof Verdict.Personal personal
        ? personal.category().described()
        : null;
  }

  private static ColumnRule rule(TableRule rule, String column) {
    ColumnRule found = rule.columns().get(column);
    if (found == null) {
      throw new IllegalStateException("no rule for column " + column);
    }
    return found;
  }
}
