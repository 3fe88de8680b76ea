package dev.decant.sanitize;

import dev.decant.manifest.Manifest;
import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotInputs;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.scratch.ScratchOptions;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the pipeline needs. The caller owns and closes source and store.
 *
 * @param signingKey null: the manifest is not signed
 * @param scratch {@code embedded}, or the URL of a server, {@code postgresql://user@host:port/db}
 * @param scratchOptions where an embedded scratch server lives
 * @param jobs how many rows workers and connections, 1 or more
 * @param verifyFull whether every index is built too and the artifact restored once more
 * @param workFolder where the frames wait until all is verified; a folder of the run's own is made
 *     in it
 * @param deadline when the run must have ended, or null
 * @param allowNoRows whether a snapshot without any row may be published
 */
public record SanitizeRequest(
    Source source,
    SnapshotName name,
    Policy policy,
    SnapshotStore store,
    MaskingKey key,
    @Nullable SigningKey signingKey,
    String scratch,
    ScratchOptions scratchOptions,
    int jobs,
    boolean verifyFull,
    Path workFolder,
    @Nullable Instant deadline,
    Progress progress,
    boolean allowNoRows) {
  /** One whose snapshot must have rows. */
  public SanitizeRequest(
      Source source,
      SnapshotName name,
      Policy policy,
      SnapshotStore store,
      MaskingKey key,
      @Nullable SigningKey signingKey,
      String scratch,
      ScratchOptions scratchOptions,
      int jobs,
      boolean verifyFull,
      Path workFolder,
      @Nullable Instant deadline,
      Progress progress) {
    this(
        source,
        name,
        policy,
        store,
        key,
        signingKey,
        scratch,
        scratchOptions,
        jobs,
        verifyFull,
        workFolder,
        deadline,
        progress,
        false);
  }

  /** The policy for the manifest, with a hash by the key of all that decides what masks write. */
  Manifest.PolicyReference policyReference() {
    List<String> inputs = new ArrayList<>(policy.inputs());
    inputs.addAll(BuiltInMasks.standard().versions());
    return new Manifest.PolicyReference(policy.file(), policy.sha256(), key.digest(inputs));
  }

  /** What goes into the snapshot, as far as it is known before the source is read. */
  SnapshotInputs work() {
    return new SnapshotInputs(
        name, source.uri(), source.etag(), source.size(), policyReference(), key.fingerprint());
  }
}
