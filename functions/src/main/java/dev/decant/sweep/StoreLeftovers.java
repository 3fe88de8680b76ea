package dev.decant.sweep;

import dev.decant.manifest.Remains;
import dev.decant.scale.AbandonedRuns;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What dead runs left in a store. */
public final class StoreLeftovers {
  /** The kinds. */
  public static final String UPLOAD = "unfinished upload";

  public static final String CLAIM = "claim";
  public static final String SCALED_RUN = "run of several processes";

  /** The age of uploads and files that no live run can have begun. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final SnapshotStore store;
  private final Instant now;
  private final Instant before;

  private StoreLeftovers(SnapshotStore store, Instant now) {
    this.store = store;
    this.now = now;
    this.before = now.minus(ABANDONED);
  }

  /** All kinds. The caller owns the store. */
  public static List<Leftovers> of(SnapshotStore store, Instant now) {
    List<Leftovers> kinds = new ArrayList<>(withoutFiles(store, now));
    kinds.add(Leftovers.of("file without a manifest", new StoreLeftovers(store, now)::remains));
    return List.copyOf(kinds);
  }

  /** The kinds other than files of snapshots. The caller owns the store. */
  public static List<Leftovers> withoutFiles(SnapshotStore store, Instant now) {
    StoreLeftovers found = new StoreLeftovers(store, now);
    return List.of(
        Leftovers.of(UPLOAD, found::uploads),
        Leftovers.of(CLAIM, found::claims),
        Leftovers.of(SCALED_RUN, found::scaledRuns));
  }

  private List<Leftover> uploads() {
    return store.unfinishedUploads("", before).stream().distinct().map(this::upload).toList();
  }

  private Leftover upload(String key) {
    String name = store.locate(key);
    return isAtWork(key)
        ? Leftover.stays(name, "A run of its database is at work.")
        : Leftover.goes(
            name,
            "It began more than a day ago.",
            () ->
                store.abortUploads(key, before) > 0
                    ? Optional.empty()
                    : Optional.of("It has ended meanwhile."));
  }

  /** Whether the run of an upload can be alive. */
  private boolean isAtWork(String key) {
    String[] parts = key.split("/", -1);
    return parts.length > 2
        && (key.startsWith(AbandonedRuns.FOLDER)
            ? AbandonedRuns.isAtWork(store, parts[1], now)
            : RunClaim.isAtWork(store, parts[0], parts[1]));
  }

  private List<Leftover> claims() {
    return RunClaim.dead(store).stream()
        .map(
            key ->
                Leftover.goes(
                    store.locate(key),
                    "The lease of its run has expired.",
                    () ->
                        RunClaim.removeDead(store, key)
                            ? Optional.empty()
                            : Optional.of("Another run has taken it over meanwhile.")))
        .toList();
  }

  private List<Leftover> scaledRuns() {
    return AbandonedRuns.find(store, now).stream()
        .map(
            run ->
                Leftover.goes(
                    run,
                    "None of its files has changed for two days.",
                    () ->
                        AbandonedRuns.delete(store, run, now)
                            ? Optional.empty()
                            : Optional.of("It is at work again.")))
        .toList();
  }

  private List<Leftover> remains() {
    return Remains.find(store, before).stream()
        .map(
            file ->
                Leftover.goes(
                    store.locate(file.key()),
                    "It has no manifest, and no run of its database is at work.",
                    () ->
                        Remains.delete(store, file)
                            ? Optional.empty()
                            : Optional.of("A run uses it again.")))
        .toList();
  }
}
