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
 * Everything that one sanitize run needs. The caller owns the source and the store and closes them.
 *
 * @param source the dump
 * @param name the name of the snapshot to publish
 * @param store where the snapshot is published
 */
public record SanitizeRequest(
    Source source,
    SnapshotName name,
    Policy policy,
    SnapshotStore store,
    SnapshotKeys keys,
    ScratchSettings scratch,
    Execution execution,
    Checks checks) {

  /**
   * The keys of a snapshot.
   *
   * @param masking the key that decides the masked values
   * @param maskingStore where the masking key was read from, or null if that is not known
   * @param signing the key that signs the manifest, or null if the manifest is not signed
   */
  public record SnapshotKeys(
      MaskingKey masking, Manifest.@Nullable KeyStore maskingStore, @Nullable SigningKey signing) {}

  /**
   * The place of the scratch database.
   *
   * @param server {@code embedded}, or the URL of a server, {@code postgresql://user@host:port/db}
   * @param options the folders of an embedded scratch server
   */
  public record ScratchSettings(String server, ScratchOptions options) {}

  /**
   * How the run is executed.
   *
   * @param jobs how many workers mask and load rows; at least 1
   * @param workFolder the folder in which the run creates a folder of its own for the frames, which
   *     are kept there until everything is verified
   * @param deadline when the run must have ended, or null if it has no deadline
   * @param progress gets the progress of the run
   * @param traceMemory the bytes of memory that the leak trace may take
   * @param turn how the run waits for other runs of the same database
   */
  public record Execution(
      int jobs,
      Path workFolder,
      @Nullable Instant deadline,
      Progress progress,
      long traceMemory,
      Turn turn) {
    /** The memory of the leak trace in an ordinary run. */
    public static final long TRACE_MEMORY = 64_000_000;
  }

  /**
   * The checks before the snapshot is published.
   *
   * @param full whether every index is built too and the finished dump is restored once more
   * @param allowNoRows whether a snapshot without any row may be published
   * @param complete whether nothing may be published while an object is not verified; the policy
   *     may require this, too
   */
  public record Checks(boolean full, boolean allowNoRows, boolean complete) {
    /** The checks of an ordinary run. */
    public static final Checks STANDARD = new Checks(false, false, false);
  }

  /** The same request for another source. */
  public SanitizeRequest of(Source other) {
    return new SanitizeRequest(other, name, policy, store, keys, scratch, execution, checks);
  }

  /** A keyed digest of everything besides the source that decides what the masks write. */
  public String inputs() {
    return String.valueOf(policyReference().inputs());
  }

  /**
   * The policy as the manifest refers to it. It includes a digest, made with the masking key, of
   * everything that decides what the masks write.
   */
  Manifest.PolicyReference policyReference() {
    List<String> inputs = new ArrayList<>(policy.inputs());
    inputs.addAll(BuiltInMasks.standard().versions());
    return new Manifest.PolicyReference(
        policy.file(), policy.origin().sha256(), keys.masking().digest(inputs));
  }

  /** The inputs of the snapshot, as far as they are known before the source is read. */
  SnapshotInputs work() {
    return new SnapshotInputs(
        name,
        source.uri(),
        source.etag(),
        source.size(),
        policyReference(),
        keys.masking().fingerprint());
  }
}
