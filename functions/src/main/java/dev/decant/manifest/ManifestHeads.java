package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the first bytes of many manifests at the same time, which is enough for a listing. */
final class ManifestHeads {
  /** The bytes of a manifest that hold its summary, unless its texts are very long. */
  private static final int HEAD = 16 << 10;

  private static final int READERS = 32;

  /** A manifest, and the latest time at which its raw snapshot can have been taken. */
  private record Dated(StoredObject object, Instant noLaterThan) {}

  /** The reason why a manifest cannot be read. */
  private record Unreadable(String why, Instant noLaterThan) {}

  /** The summaries that were read, and the manifests that cannot be read. */
  private record Heads(List<SnapshotSummary> readable, List<Unreadable> unreadable) {
    List<String> lines() {
      return unreadable.stream().map(Unreadable::why).toList();
    }
  }

  private final SnapshotStore store;

  ManifestHeads(SnapshotStore store) {
    this.store = store;
  }

  /**
   * Returns the newest snapshots. A raw snapshot was taken at the time in its name. Without a time
   * in the name, it was taken before its manifest was written. So only a few more manifests are
   * read than are requested.
   */
  Listing newest(List<StoredObject> manifests, int most) {
    Heads heads = heads(manifests, most);
    return new Listing(
        heads.readable.subList(0, Math.min(most, heads.readable.size())),
        heads.lines(),
        Map.of(),
        manifests.size());
  }

  /**
   * Returns the newest snapshot, and the reasons why manifests that may be newer cannot be read. If
   * no manifest can be read, it returns the reasons of all.
   */
  Listing latest(List<StoredObject> manifests) {
    Heads heads = heads(manifests, 1);
    if (heads.readable.isEmpty()) {
      return new Listing(List.of(), heads.lines());
    }
    SnapshotSummary latest = heads.readable.getFirst();
    heads.unreadable.removeIf(u -> u.noLaterThan.isBefore(latest.takenAt()));
    return new Listing(List.of(latest), heads.lines());
  }

  private Heads heads(List<StoredObject> manifests, int most) {
    List<Dated> ordered =
        manifests.stream()
            .map(object -> new Dated(object, noLaterThan(object)))
            .sorted(Comparator.comparing(Dated::noLaterThan).reversed())
            .toList();
    Heads heads = new Heads(new ArrayList<>(), new ArrayList<>());
    try (ExecutorService readers =
        Executors.newFixedThreadPool(READERS, Thread.ofVirtual().factory())) {
      for (int next = 0; next < ordered.size(); ) {
        if (has(heads.readable, most, ordered.get(next).noLaterThan())) {
          break;
        }
        int end = (int) Math.min(ordered.size(), (long) next + Math.max(READERS, most));
        read(ordered.subList(next, end), readers, heads);
        next = end;
      }
    }
    heads.readable.sort(SnapshotSummary.NEWEST_FIRST);
    return heads;
  }

  /** Whether enough of the summaries are newer than every manifest that is not read yet. */
  private static boolean has(List<SnapshotSummary> read, int most, Instant toCome) {
    return read.stream().filter(s -> s.takenAt().isAfter(toCome)).count() >= most;
  }

  private static Instant noLaterThan(StoredObject manifest) {
    return SnapshotName.ofManifest(manifest.key())
        .flatMap(SnapshotName::time)
        .orElse(manifest.modified());
  }

  private void read(List<Dated> manifests, ExecutorService readers, Heads heads) {
    List<Future<SnapshotSummary>> summaries =
        manifests.stream().map(dated -> readers.submit(() -> summary(dated.object()))).toList();
    for (int i = 0; i < summaries.size(); i++) {
      try {
        heads.readable.add(summaries.get(i).get());
      } catch (ExecutionException e) {
        heads.unreadable.add(unreadable(manifests.get(i), e));
      } catch (InterruptedException e) {
        readers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new DecantException(
            ErrorCode.CANCELLED, "The run was cancelled while it read the list of snapshots.", e);
      }
    }
  }

  private SnapshotSummary summary(StoredObject object) throws IOException {
    String where = store.locate(object.key());
    ManifestJson.requireSize(object.size(), where);
    SnapshotSummary summary;
    try (InputStream in = store.open(object.key(), 0, Math.min(HEAD, object.size()))) {
      summary = SnapshotSummary.parse(in, where);
    } catch (IOException cut) {
      byte[] all =
          store
              .read(object.key())
              .orElseThrow(() -> ManifestJson.damaged(where, "was removed meanwhile"));
      summary = SnapshotSummary.parse(new ByteArrayInputStream(all), where);
    }
    requireName(SnapshotName.ofManifest(object.key()).orElseThrow(), summary.name(), where);
    return summary;
  }

  /**
   * Refuses a manifest that was copied to another key, because it would pass for another snapshot.
   */
  static void requireName(SnapshotName place, SnapshotName stated, String where) {
    if (!place.equals(stated)) {
      throw ManifestJson.damaged(where, "belongs to the snapshot " + stated);
    }
  }

  private Unreadable unreadable(Dated manifest, ExecutionException e) {
    String why =
        switch (e.getCause()) {
          case DecantException known -> String.valueOf(known.getMessage());
          case IOException _ ->
              "The manifest " + store.locate(manifest.object().key()) + " is not JSON.";
          case null, default -> throw new IllegalStateException(e.getCause());
        };
    return new Unreadable(why, manifest.noLaterThan());
  }
}
