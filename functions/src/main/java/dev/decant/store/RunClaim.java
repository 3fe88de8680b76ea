package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's claim to a piece of work in a store: {@code .runs/ID.json}, created only if absent,
 * with a lease that a thread renews. Events come at least once and in any order; whoever finds a
 * claim that lives or is done ends as a duplicate. A claim whose lease ran out belongs to a dead
 * run: one of those who find it takes it over, and aborts what the dead run was uploading.
 *
 * <p><b>Clocks.</b> A lease counts from the store's time of the record's last change, and is
 * compared with this machine's clock, so the two may differ by {@link #SKEW} before a live run
 * could be taken for dead. Even then nothing is published twice: the run that lost its lease sees
 * {@link #lost}, and the manifest is created only if absent.
 *
 * <p>One thread claims, completes or releases; {@link #lost} is for any.
 */
public final class RunClaim implements AutoCloseable {
  /** How long a run counts as alive after its last sign. */
  public static final Duration LEASE = Duration.ofMinutes(2);

  /** What clocks may differ by. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(RunClaim.class);
  private static final int RENEWALS_PER_LEASE = 4;

  /** How asking for a claim ends. */
  public sealed interface Outcome {
    /** The work is this run's. */
    record Claimed(RunClaim claim) implements Outcome {}

    /**
     * Another run does the work or did it.
     *
     * @param done whether it published; else it is still running
     * @param owner as it called itself
     * @param claimed when it began
     */
    record Duplicate(boolean done, String owner, Instant claimed) implements Outcome {}
  }

  /** A record as it was read, with the etag that it had. */
  private record Found(Optional<RunRecord> record, StoredObject object) {}

  private final SnapshotStore store;
  private final String key;
  private final InstantSource clock;
  private final Duration lease;
  private final Thread renewer;
  private RunRecord record;
  private String etag;
  private boolean lost;
  private boolean over;

  private RunClaim(
      SnapshotStore store, String key, RunRecord record, Duration lease, InstantSource clock) {
    this.store = store;
    this.key = key;
    this.record = record;
    this.lease = lease;
    this.clock = clock;
    this.etag = "";
    readEtag();
    this.renewer = Thread.ofPlatform().daemon().name("decant-lease").start(this::renewAll);
  }

  /**
   * The ID of a piece of work. Only the same source, name and inputs give the same ID.
   *
   * @param source the URI of the source
   * @param content identifies the bytes of the source
   * @param snapshot the name of the snapshot
   * @param inputs a hash by the masking key of everything that goes into the snapshot besides the
   *     source
   */
  public static String id(String source, String content, String snapshot, String inputs) {
    String text = String.join("\n", source, content, snapshot, inputs);
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Asks for the work.
   *
   * @param outputPrefix where the run's uploads go: those of a dead run below it are aborted
   * @param lease how long after its last renewal this run counts as dead; {@link #LEASE}
   * @param owner for messages: the machine, the function's request
   */
  public static Outcome claim(
      SnapshotStore store, String id, String outputPrefix, Duration lease, String owner) {
    return claim(store, id, outputPrefix, lease, owner, InstantSource.system());
  }

  static Outcome claim(
      SnapshotStore store,
      String id,
      String outputPrefix,
      Duration lease,
      String owner,
      InstantSource clock) {
    String key = ".runs/" + id + ".json";
    RunRecord mine = RunRecord.begin(owner + " " + UUID.randomUUID(), clock.instant(), lease);
    while (true) {
      if (store.putIfAbsent(key, mine.json())) {
        return new Outcome.Claimed(new RunClaim(store, key, mine, lease, clock));
      }
      Optional<Found> other = find(store, key);
      if (other.isEmpty()) {
        continue; // released meanwhile
      }
      Optional<Outcome> duplicate = duplicate(other.get(), lease, clock.instant());
      if (duplicate.isPresent()) {
        return duplicate.get();
      }
      if (store.replace(key, mine.json(), other.get().object().etag())) {
        RunClaim claim = new RunClaim(store, key, mine, lease, clock);
        claim.abortDead(outputPrefix, other.get());
        return new Outcome.Claimed(claim);
      }
    }
  }

  /** Present where the other run is done or lives. */
  private static Optional<Outcome> duplicate(Found other, Duration lease, Instant now) {
    Duration granted =
        other.record().map(record -> Duration.ofSeconds(record.leaseSeconds())).orElse(lease);
    boolean done = other.record().map(RunRecord::done).orElse(false);
    boolean alive = now.isBefore(other.object().modified().plus(granted).plus(SKEW));
    if (!done && !alive) {
      return Optional.empty();
    }
    String owner = other.record().map(RunRecord::owner).orElse("unknown");
    Instant since = other.record().map(RunRecord::claimedAt).orElse(other.object().modified());
    return Optional.of(new Outcome.Duplicate(done, owner, since));
  }

  /** Reads record and etag of the same moment. */
  private static Optional<Found> find(SnapshotStore store, String key) {
    while (true) {
      Optional<StoredObject> before = store.stat(key);
      Optional<byte[]> content = store.read(key);
      if (before.isEmpty() || content.isEmpty()) {
        return Optional.empty();
      }
      Optional<StoredObject> after = store.stat(key);
      if (after.isPresent() && after.get().etag().equals(before.get().etag())) {
        return Optional.of(new Found(content.flatMap(RunRecord::parse), after.get()));
      }
    }
  }

  private void abortDead(String outputPrefix, Found dead) {
    boolean cleaned = false;
    try {
      int aborted = store.abortUploads(outputPrefix, clock.instant());
      LOG.info(
          "Took over {} from {}, whose lease ran out; aborted {} of its uploads.",
          key,
          dead.record().map(RunRecord::owner).orElse("unknown"),
          aborted);
      cleaned = true;
    } finally {
      if (!cleaned) {
        close();
      }
    }
  }

  /**
   * Whether another run took over. To be asked before anything is published: it renews the lease,
   * so that a whole one is left for that.
   */
  synchronized boolean lost() {
    return lost || (!over && !write(record.renew(clock.instant())));
  }

  /** As {@link #lost}, as an error that says so. */
  public void requireHeld() {
    if (lost()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "Another run took over this work ("
              + store.locate(key)
              + "), because this one did not renew its lease in time. It publishes nothing.");
    }
  }

  /** Marks the work as done, for good: whoever asks later ends as a duplicate. */
  public void complete() {
    end(() -> write(record.finish(clock.instant())));
  }

  /** Without {@link #complete} before: gives the claim back, so that a retry runs. */
  @Override
  public void close() {
    end(this::release);
  }

  private void end(Runnable last) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      if (!lost) {
        last.run();
      }
    }
    renewer.interrupt();
  }

  /** Deletes only what is still this run's; a taker's record in between would be lost. */
  private void release() {
    if (write(record.renew(clock.instant()))) {
      store.delete(key);
    }
  }

  /** Compares and replaces; false where the record is another run's, and this one lost. */
  private synchronized boolean write(RunRecord next) {
    while (!lost) {
      if (store.replace(key, next.json(), etag)) {
        record = next;
        readEtag();
        return !lost;
      }
      readEtag(); // another etag alone says nothing: the last reading of it may have failed
    }
    return false;
  }

  private synchronized void readEtag() {
    Optional<Found> found = find(store, key);
    lost |=
        found.flatMap(Found::record).filter(now -> now.owner().equals(record.owner())).isEmpty();
    found.ifPresent(now -> etag = now.object().etag());
  }

  private void renewAll() {
    Duration pause = lease.dividedBy(RENEWALS_PER_LEASE);
    while (renew()) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // over
        return;
      }
    }
  }

  /** False once there is nothing to renew any more. */
  private synchronized boolean renew() {
    if (over || lost) {
      return false;
    }
    try {
      return write(record.renew(clock.instant()));
    } catch (DecantException e) {
      LOG.warn("The lease of {} was not renewed, trying again: {}", key, e.getMessage());
      return true;
    }
  }
}
