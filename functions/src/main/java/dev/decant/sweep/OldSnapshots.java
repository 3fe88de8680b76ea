package dev.decant.sweep;

import dev.decant.manifest.Retention;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.store.SnapshotStore;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The snapshots of a store that are old. */
public final class OldSnapshots implements Leftovers {
  private final Retention retention;
  private final SnapshotStore store;
  private final @Nullable PublicKey key;
  private final Instant now;
  private Map<String, SnapshotSummary> newestGood = Map.of();

  /**
   * The caller owns the store.
   *
   * @param key the public key of the publisher, or null if none is known
   */
  public OldSnapshots(
      Retention retention, SnapshotStore store, @Nullable PublicKey key, Instant now) {
    this.retention = retention;
    this.store = store;
    this.key = key;
    this.now = now;
  }

  @Override
  public String kind() {
    return "snapshot";
  }

  @Override
  public List<Leftover> find() {
    Retention.Verdicts verdicts = retention.apply(store, key, now);
    newestGood = verdicts.newestGood();
    List<Leftover> found = new ArrayList<>();
    for (Retention.Verdict each : verdicts.snapshots()) {
      String name = each.snapshot().name().toString();
      found.add(
          each.old()
              ? Leftover.goes(name, each.why(), () -> delete(each))
              : Leftover.stays(name, each.why()));
    }
    verdicts.unreadable().forEach(why -> found.add(Leftover.stays("", why)));
    return found;
  }

  private Optional<String> delete(Retention.Verdict verdict) {
    Retention.delete(store, verdict.snapshot().name());
    return Optional.empty();
  }

  @Override
  public void deleted() {
    Retention.updateCatalog(store, now);
  }

  /** The newest good snapshot of each service and environment, after {@link #find}. */
  public Map<String, SnapshotSummary> newestGood() {
    return newestGood;
  }
}
