package dev.decant.refresh;

import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.ShopSnapshot;
import java.security.PublicKey;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds the request for a refresh or a rollback of a staging database. */
final class Asked {
  private final @Nullable SnapshotStore store;
  private String yaml;
  private String confirm;
  private String snapshot = "latest";
  private @Nullable Instant deadline;
  private @Nullable PublicKey key = ShopSnapshot.KEY.publicKey();
  private boolean allowUnsigned;
  private boolean dryRun;
  private boolean keep;
  private StepListener steps = StepListener.NONE;
  private Progress progress = Progress.NONE;

  Asked(Staging staging, @Nullable SnapshotStore store) {
    this.store = store;
    this.yaml = staging.yaml("");
    this.confirm = staging.host();
  }

  /** Adds lines to the target in the targets file. */
  Asked more(String lines) {
    yaml += lines.indent(4);
    return this;
  }

  Asked yaml(UnaryOperator<String> change) {
    yaml = change.apply(yaml);
    return this;
  }

  Asked confirm(String typed) {
    confirm = typed;
    return this;
  }

  Asked snapshot(String name) {
    snapshot = name;
    return this;
  }

  Asked key(@Nullable PublicKey other) {
    key = other;
    return this;
  }

  Asked allowUnsigned() {
    allowUnsigned = true;
    return this;
  }

  Asked dryRun() {
    dryRun = true;
    return this;
  }

  Asked keep() {
    keep = true;
    return this;
  }

  Asked steps(StepListener listener) {
    steps = listener;
    return this;
  }

  Asked progress(Progress listener) {
    progress = listener;
    return this;
  }

  Asked deadline(Instant end) {
    deadline = end;
    return this;
  }

  RefreshRequest request() {
    return new RefreshRequest(
        Staging.target(yaml),
        store == null ? null : new RefreshRequest.Snapshot(store, snapshot, key, allowUnsigned),
        confirm,
        new RefreshRequest.Options(dryRun, keep, 2),
        Staging.CREDENTIALS,
        deadline,
        new RefreshRequest.Listeners(progress, steps));
  }

  RefreshResult refresh() {
    return Refresh.run(request());
  }

  RefreshResult rollBack() {
    return Rollback.run(request());
  }
}
