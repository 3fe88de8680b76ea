package dev.decant.audit;

import dev.decant.manifest.SnapshotName;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.scratch.ScratchOptions;
import dev.decant.store.SnapshotStore;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * An audit of one snapshot.
 *
 * @param store the store of sanitized snapshots, which the caller opens and closes
 * @param key the public key that must have signed the snapshot; null if the caller has none
 * @param policy the policy whose assertions are repeated; null to repeat none
 * @param jobs the number of connections that restore at the same time
 */
public record AuditRequest(
    SnapshotStore store,
    SnapshotName snapshot,
    @Nullable PublicKey key,
    @Nullable Policy policy,
    Scratch scratch,
    int jobs,
    Progress progress) {
  /**
   * The server of the temporary database.
   *
   * @param server {@code embedded}, or the URL of a server, {@code postgresql://user@host:port/db}
   */
  public record Scratch(String server, ScratchOptions options) {}
}
