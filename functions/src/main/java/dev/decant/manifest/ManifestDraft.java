package dev.decant.manifest;

import dev.decant.frame.WrittenSnapshot;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a manifest says but what only the finished dump tells. {@link Publication} completes it.
 *
 * @param decant version of this decant
 * @param scratch description of the scratch server
 */
public record ManifestDraft(
    SnapshotName name,
    String decant,
    Manifest.Origin source,
    Manifest.PolicyReference policy,
    String keyFingerprint,
    Instant startedAt,
    String scratch,
    List<Manifest.Table> tables,
    List<TableName> absentTables,
    List<Manifest.SqlStep> sql,
    List<Manifest.Assertion> assertions,
    Map<String, Manifest.Anchor> anchors,
    Manifest.@Nullable LeakTrace leakTrace,
    List<String> extensions,
    List<Manifest.NotVerified> notVerified) {
  /** The manifest, not signed yet. */
  public Manifest complete(WrittenSnapshot dump, Instant finishedAt) {
    return new Manifest(
        Manifest.VERSION,
        name.service(),
        name.environment(),
        name.name(),
        decant,
        source,
        policy,
        new Manifest.KeyReference(keyFingerprint),
        new Manifest.Run(startedAt, finishedAt, scratch),
        new Manifest.Dump(dump.size(), dump.textSize(), dump.sha256(), dump.md5()),
        tables.stream().mapToLong(Manifest.Table::rowsIn).sum(),
        tables.stream().mapToLong(Manifest.Table::rowsOut).sum(),
        tables,
        absentTables,
        sql,
        assertions,
        anchors,
        leakTrace,
        extensions,
        notVerified,
        dump.frames(),
        null);
  }

  /** Whether a published manifest came of the same work. */
  boolean sameWork(Manifest published) {
    return work().made(published, source.sha256());
  }

  SnapshotInputs work() {
    return new SnapshotInputs(
        name, source.uri(), source.etag(), source.size(), policy, keyFingerprint);
  }
}
