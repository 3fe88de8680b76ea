package dev.decant.refresh;

import dev.decant.progress.Progress;
import dev.decant.store.SnapshotStore;
import dev.decant.target.Target;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A refresh or a rollback of one target.
 *
 * @param snapshot the snapshot to load; null for a rollback, which loads none
 * @param confirm the host that the caller typed
 * @param deadline when the run must stop by itself; null if it has no limit
 */
public record RefreshRequest(
    Target target,
    @Nullable Snapshot snapshot,
    String confirm,
    Options options,
    Credentials credentials,
    @Nullable Instant deadline,
    Listeners listeners) {
  /**
   * A snapshot to load.
   *
   * @param store the store of sanitized snapshots, which the caller opens and closes
   * @param name the snapshot as a person names it, for example {@code latest}
   * @param verifyKey the public key that must have signed it; null if the caller has none
   * @param allowUnsigned whether the caller accepts a snapshot without a check of its signature. It
   *     only counts without a public key
   */
  public record Snapshot(
      SnapshotStore store, String name, @Nullable PublicKey verifyKey, boolean allowUnsigned) {}

  /**
   * How the run works.
   *
   * @param dryRun whether the run only checks the guards and returns the plan
   * @param keep whether the new database stays although a hook after the swap failed
   * @param jobs the number of connections that work at the same time
   * @param token if an earlier run had the same token, its outcome is the result; null for none
   */
  public record Options(boolean dryRun, boolean keep, int jobs, @Nullable String token) {
    /** The options of a run without a token. */
    public Options(boolean dryRun, boolean keep, int jobs) {
      this(dryRun, keep, jobs, null);
    }
  }

  /**
   * The places of passwords.
   *
   * @param environment the variables of this process, which hooks that are programs inherit
   * @param secrets reads a secret of AWS by its ARN
   */
  public record Credentials(Map<String, String> environment, Function<String, byte[]> secrets) {
    public Credentials {
      environment = Map.copyOf(environment);
    }
  }

  /** The listeners that the run informs while it works. */
  public record Listeners(Progress progress, StepListener steps) {}

  /** The progress listener. */
  Progress progress() {
    return listeners.progress();
  }
}
