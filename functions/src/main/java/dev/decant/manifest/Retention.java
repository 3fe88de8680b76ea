package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rule that says which snapshots of a store are kept. The newest good snapshots of each service
 * and environment are kept, and so is each snapshot that is not old. A snapshot is good if {@link
 * WholeSnapshot#read} accepts it. Where no snapshot is good, all are kept.
 *
 * @param keepDays a snapshot is old after this many days. They are counted from the time when the
 *     raw snapshot was taken or when the run ended, whichever is later
 * @param keepLast the number of good snapshots that are kept although they are old
 */
public record Retention(int keepDays, int keepLast) {
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(
          ErrorCode.SNAPSHOT_DAMAGED, ErrorCode.SNAPSHOT_NOT_FOUND, ErrorCode.SIGNATURE_INVALID);

  /**
   * Checks the rule.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID} if a number is less than 1
   */
  public Retention {
    if (keepDays < 1 || keepLast < 1) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The retention of snapshots cannot be "
              + keepDays
              + " days and the last "
              + keepLast
              + " snapshots. Both numbers must be at least 1, so that the last good snapshot is"
              + " never deleted.");
    }
  }

  /** A snapshot, and what the rule says about it. */
  public record Verdict(SnapshotSummary snapshot, boolean old, String why) {}

  /**
   * The verdicts over the snapshots of a store.
   *
   * @param snapshots the snapshots that are old, and those that are kept only because they are the
   *     last or because none is good
   * @param newestGood for each service and environment, as {@code SERVICE/ENVIRONMENT}, its newest
   *     good snapshot
   * @param unreadable for each manifest that cannot be read, a line that says why. Its snapshot is
   *     kept
   */
  public record Verdicts(
      List<Verdict> snapshots, Map<String, SnapshotSummary> newestGood, List<String> unreadable) {
    public Verdicts {
      snapshots = List.copyOf(snapshots);
      newestGood = Map.copyOf(newestGood);
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * Applies the rule to a store. Nothing is changed.
   *
   * @param key the public key of the publisher, or null if none is known
   */
  public Verdicts apply(SnapshotStore store, @Nullable PublicKey key, Instant now) {
    Listing listing = new Snapshots(store).list(null, null);
    Map<String, List<SnapshotSummary>> databases =
        listing.snapshots().stream()
            .collect(Collectors.groupingBy(Retention::place, TreeMap::new, Collectors.toList()));
    List<Verdict> verdicts = new ArrayList<>();
    Map<String, SnapshotSummary> newestGood = new TreeMap<>();
    databases.forEach(
        (place, ofDatabase) -> {
          Goodness goodness = new Goodness(store, key);
          verdicts.addAll(verdicts(ofDatabase, goodness, now));
          goodness.newest(ofDatabase).ifPresent(newest -> newestGood.put(place, newest));
        });
    return new Verdicts(verdicts, newestGood, listing.unreadable());
  }

  private static String place(SnapshotSummary snapshot) {
    return snapshot.name().service() + '/' + snapshot.name().environment();
  }

  private List<Verdict> verdicts(List<SnapshotSummary> newestFirst, Goodness good, Instant now) {
    List<Verdict> verdicts = new ArrayList<>();
    boolean anyGood = newestFirst.stream().anyMatch(good::is);
    int last = 0;
    for (SnapshotSummary each : newestFirst) {
      boolean isLast = last < keepLast && good.is(each);
      last += isLast ? 1 : 0;
      Duration age = age(each, now);
      if (age.compareTo(Duration.ofDays(keepDays)) > 0) {
        String days = "It is " + age.toDays() + " days old";
        verdicts.add(
            !anyGood
                ? new Verdict(each, false, days + ", but no snapshot of the database is good.")
                : isLast
                    ? new Verdict(each, false, days + ", but one of the last good snapshots.")
                    : new Verdict(each, true, days + "."));
      }
    }
    return verdicts;
  }

  private static Duration age(SnapshotSummary snapshot, Instant now) {
    Instant begin =
        snapshot.takenAt().isAfter(snapshot.publishedAt())
            ? snapshot.takenAt()
            : snapshot.publishedAt();
    return Duration.between(begin, now);
  }

  /**
   * Deletes the files of a snapshot, the manifest first, so that a reader never sees a snapshot
   * without its dump. If this fails, the remaining files are {@link Remains}.
   */
  public static void delete(SnapshotStore store, SnapshotName name) {
    for (String suffix : SnapshotName.FILES) {
      store.delete(name.key(suffix));
    }
  }

  /** Writes the catalog of a store anew, after snapshots were deleted. */
  public static void updateCatalog(SnapshotStore store, Instant now) {
    Catalog.write(store, now);
  }

  /** Which snapshots are good. Each manifest is read once at most. */
  private static final class Goodness {
    private final SnapshotStore store;
    private final @Nullable PublicKey key;
    private final Map<SnapshotName, Boolean> known = new HashMap<>();

    Goodness(SnapshotStore store, @Nullable PublicKey key) {
      this.store = store;
      this.key = key;
    }

    boolean is(SnapshotSummary snapshot) {
      return known.computeIfAbsent(snapshot.name(), this::isWhole);
    }

    private boolean isWhole(SnapshotName name) {
      try {
        WholeSnapshot.read(store, name, key);
        return true;
      } catch (DecantException e) {
        if (REFUSALS.contains(e.code())) {
          return false;
        }
        throw e; // a store that cannot be read says nothing about the snapshot
      }
    }

    Optional<SnapshotSummary> newest(List<SnapshotSummary> newestFirst) {
      return newestFirst.stream().filter(this::is).findFirst();
    }
  }
}
