package dev.decant.manifest;

import dev.decant.frame.WrittenSnapshot;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    List<String> extensions) {
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
        dump.frames(),
        null);
  }

  /** Whether a published manifest came from the same source by the same policy and key. */
  boolean sameWork(Manifest published) {
    return name.equals(published.snapshot())
        && source.uri().equals(published.source().uri())
        && Objects.equals(source.etag(), published.source().etag())
        && source.size() == published.source().size()
        && policy.sha256().equals(published.policy().sha256())
        && keyFingerprint.equals(published.key().fingerprint());
  }
}
