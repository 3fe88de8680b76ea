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
 * What shall be refreshed, or rolled back.
 *
 * @param target of the targets file
 * @param store of sanitized snapshots, the caller's; null for a rollback, which reads none
 * @param snapshot which, as people name it; {@code latest} for the newest
 * @param verifyKey public key of those who publish, or null where the caller has none
 * @param confirm the host that the caller typed
 * @param dryRun check all guards and answer the plan, touch nothing
 * @param keep leave the new database in place though a hook after the swap failed
 * @param jobs connections at work at a time
 * @param environment where passwords may be, and what commands inherit
 * @param secrets reads a secret by ARN
 * @param deadline when to stop by itself, or null
 * @param steps told of each step that is done
 */
public record RefreshRequest(
    Target target,
    @Nullable SnapshotStore store,
    String snapshot,
    @Nullable PublicKey verifyKey,
    String confirm,
    boolean dryRun,
    boolean keep,
    int jobs,
    Map<String, String> environment,
    Function<String, byte[]> secrets,
    @Nullable Instant deadline,
    Progress progress,
    StepListener steps) {
  public RefreshRequest {
    environment = Map.copyOf(environment);
  }
}
