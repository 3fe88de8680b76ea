package dev.decant.testing;

import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeRequest.Checks;
import dev.decant.sanitize.SanitizeRequest.Execution;
import dev.decant.sanitize.SanitizeRequest.ScratchSettings;
import dev.decant.sanitize.SanitizeRequest.SnapshotKeys;
import dev.decant.sanitize.Turn;
import dev.decant.scratch.ScratchOptions;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the sanitize requests of tests. Unless a test says otherwise, a request uses an embedded
 * scratch server, two jobs, a masking key of zeros, and no signing key.
 */
public final class SanitizeRequestBuilder {
  private final Source source;
  private final Policy policy;
  private final SnapshotStore store;
  private final Path work;
  private SnapshotName name;
  private MaskingKey key = new MaskingKey(new byte[32]);
  private @Nullable SigningKey signing;
  private String scratch = "embedded";
  private ScratchOptions options = ScratchOptions.of(Map.of());
  private int jobs = 2;
  private @Nullable Instant deadline;
  private Progress progress = Progress.NONE;
  private Turn turn = Turn.NOW;
  private boolean full;
  private boolean allowNoRows;
  private boolean complete;

  /** Begins with what every request needs. */
  public SanitizeRequestBuilder(
      SnapshotName name, Source source, Policy policy, SnapshotStore store, Path work) {
    this.name = name;
    this.source = source;
    this.policy = policy;
    this.store = store;
    this.work = work;
  }

  public SanitizeRequestBuilder name(SnapshotName value) {
    name = value;
    return this;
  }

  public SanitizeRequestBuilder key(MaskingKey value) {
    key = value;
    return this;
  }

  public SanitizeRequestBuilder signing(@Nullable SigningKey value) {
    signing = value;
    return this;
  }

  public SanitizeRequestBuilder scratch(String value) {
    scratch = value;
    return this;
  }

  public SanitizeRequestBuilder options(ScratchOptions value) {
    options = value;
    return this;
  }

  /** Puts the embedded scratch server below a folder. */
  public SanitizeRequestBuilder runFolder(Path folder) {
    return options(options.withRunFolder(folder));
  }

  public SanitizeRequestBuilder jobs(int value) {
    jobs = value;
    return this;
  }

  public SanitizeRequestBuilder deadline(@Nullable Instant value) {
    deadline = value;
    return this;
  }

  public SanitizeRequestBuilder progress(Progress value) {
    progress = value;
    return this;
  }

  public SanitizeRequestBuilder turn(Turn value) {
    turn = value;
    return this;
  }

  /** Verifies everything, as {@code --verify full} does. */
  public SanitizeRequestBuilder full(boolean value) {
    full = value;
    return this;
  }

  public SanitizeRequestBuilder allowNoRows(boolean value) {
    allowNoRows = value;
    return this;
  }

  /** Publishes nothing while an object is not verified. */
  public SanitizeRequestBuilder complete(boolean value) {
    complete = value;
    return this;
  }

  public SanitizeRequest build() {
    return new SanitizeRequest(
        source,
        name,
        policy,
        store,
        new SnapshotKeys(key, null, signing),
        new ScratchSettings(scratch, options),
        new Execution(jobs, work, deadline, progress, Execution.TRACE_MEMORY, turn),
        new Checks(full, allowNoRows, complete));
  }
}
