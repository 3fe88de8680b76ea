package dev.decant.manifest;

import dev.decant.frame.WrittenSnapshot;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a manifest, without the facts that only the finished dump shows. {@link
 * Publication} completes it.
 */
public record ManifestDraft(
    SnapshotName name,
    Manifest.Origin source,
    Manifest.PolicyReference policy,
    Manifest.KeyReference key,
    Maker maker,
    Findings findings) {
  /**
   * The run that made the snapshot.
   *
   * @param decant the version of this decant
   * @param scratch a description of the scratch server
   * @param stages the stages so far
   */
  public record Maker(
      String decant, Instant startedAt, String scratch, List<Manifest.Stage> stages) {}

  /** The results of the run; see the fields of {@link Manifest} that have the same names. */
  public record Findings(
      List<Manifest.Table> tables,
      List<TableName> absentTables,
      List<Manifest.SqlStep> sql,
      List<Manifest.Assertion> assertions,
      Map<String, Manifest.Anchor> anchors,
      Proof proof,
      List<String> extensions,
      Objects objects) {}

  /** What the leak trace and the count of quasi-identifiers found. */
  public record Proof(
      Manifest.@Nullable LeakTrace leakTrace,
      Manifest.@Nullable Reidentification reidentification) {}

  /** The objects without rows that were not verified, and those that the policy changed. */
  public record Objects(
      List<Manifest.NotVerified> notVerified, List<Manifest.ChangedObject> changed) {}

  /** The complete manifest, without the sum of its report and without a signature. */
  public Manifest complete(WrittenSnapshot dump, Instant finishedAt) {
    return new Manifest(
        Manifest.VERSION,
        name.service(),
        name.environment(),
        name.name(),
        maker.decant(),
        source,
        policy,
        key,
        new Manifest.Run(maker.startedAt(), finishedAt, maker.scratch(), maker.stages()),
        new Manifest.Verdict(
            findings.assertions().size(),
            findings.objects().notVerified().size(),
            findings.proof().leakTrace() != null,
            null),
        new Manifest.Dump(dump.size(), dump.textSize(), dump.sha256(), dump.md5()),
        findings.tables().stream().mapToLong(Manifest.Table::rowsIn).sum(),
        findings.tables().stream().mapToLong(Manifest.Table::rowsOut).sum(),
        findings.tables(),
        findings.absentTables(),
        findings.sql(),
        findings.assertions(),
        findings.anchors(),
        findings.proof().leakTrace(),
        findings.proof().reidentification(),
        findings.extensions(),
        findings.objects().notVerified(),
        findings.objects().changed(),
        null,
        dump.frames(),
        null);
  }

  /** Whether the same work made a published manifest. */
  boolean sameWork(Manifest published) {
    return inputs().made(published, source.sha256());
  }

  SnapshotInputs inputs() {
    return new SnapshotInputs(
        name, source.uri(), source.etag(), source.size(), policy, key.fingerprint());
  }
}
