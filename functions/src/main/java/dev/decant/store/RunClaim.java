package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of one run to a piece of work in a store. It is the object {@code .runs/ID.json}, which
 * is created only if it does not exist, with a lease that a thread renews. Events may arrive more
 * than once and in any order, so a run that finds a claim that is done ends as a duplicate, and a
 * run that finds a live claim must try again later. A claim whose lease has run out, or that was
 * made for the same order (see {@link Claimant.Relation}), belongs to a dead run. One of the runs
 * that find it takes it over and aborts the uploads of the dead run.
 *
 * <p><b>Clocks.</b> A lease begins at the last change of the record by the clock of the store, and
 * its end is compared with the clock of this machine. If the two clocks differ by more than {@link
 * #SKEW}, a live run could be taken for dead. Even then nothing is published twice: the run that
 * lost its lease notices it by {@link #lost}, and the manifest is created only if it does not
 * exist.
 *
 * <p>One thread claims, completes or releases. Any thread may call {@link #lost}.
 */
public final class RunClaim implements AutoCloseable {
  /** The time for which a run counts as alive after it renewed its lease. */
  public static final Duration LEASE = Duration.ofMinutes(2);

  /** The difference between two clocks that is tolerated. */
  public static final Duration SKEW = Duration.ofSeconds(30);

  /** The time after which the record of a run is not looked at any more. */
  static final Duration WATCHED = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(RunClaim.class);
  private static final int RENEWALS_PER_LEASE = 4;
  private static final String FOLDER = ".runs/";
  private static final Claimant SWEEPER = Claimant.of("sweep");

  /** The answer to a request for a claim. */
  public sealed interface Outcome {
    /** This run has the work. */
    record Claimed(RunClaim claim) implements Outcome {}

    /**
     * Another run does the work, or did it.
     *
     * @param done true if it published, false if it is still running
     * @param owner the description that the other run gave of itself
     * @param claimed when the other run began
     */
    record Taken(boolean done, String owner, Instant claimed) implements Outcome {}
  }

  /** A record together with the etag that it had when it was read. */
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
   * The ID of a piece of work. Two pieces of work have the same ID only if source, name and inputs
   * are the same.
   *
   * @param source the URI of the source
   * @param content a text that identifies the bytes of the source
   * @param snapshot the name of the snapshot
   * @param inputs a keyed hash, by the masking key, of everything besides the source that goes into
   *     the snapshot
   */
  public static String id(String source, String content, String snapshot, String inputs) {
    String text = String.join("\n", source, content, snapshot, inputs);
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The key of the claim of a piece of work. */
  public static String key(String id) {
    return FOLDER + id + ".json";
  }

  /**
   * The keys of the claims of dead runs. Claims that nobody changed for 30 days are not read: most
   * of the records are of runs that are done, and a store has one for each dump that was ever
   * sanitized. An older claim of a dead run does no harm, because the next run takes it over.
   */
  public static List<String> dead(SnapshotStore store) {
    return dead(store, InstantSource.system());
  }

  static List<String> dead(SnapshotStore store, InstantSource clock) {
    return watched(store, clock).filter(key -> findDead(store, key, clock).isPresent()).toList();
  }

  private static Stream<String> watched(SnapshotStore store, InstantSource clock) {
    Instant oldest = clock.instant().minus(WATCHED);
    return store.list(FOLDER).stream()
        .filter(object -> object.modified().isAfter(oldest))
        .map(StoredObject::key);
  }

  /** The IDs of the claims that runs of an order hold. Older claims are not read, as by dead. */
  public static List<String> ofOrder(SnapshotStore store, Claimant claimant) {
    return watched(store, InstantSource.system())
        .filter(
            key ->
                find(store, key)
                    .flatMap(Found::record)
                    .filter(record -> !record.done() && record.isFor(claimant))
                    .isPresent())
        .map(key -> key.substring(FOLDER.length(), key.length() - ".json".length()))
        .toList();
  }

  /**
   * Removes the claim under a key if its run is dead. Returns whether it did. The record of a run
   * that is done stays, because it prevents that the same work is done again.
   */
  public static boolean removeDead(SnapshotStore store, String key) {
    return remove(store, key, InstantSource.system());
  }

  private static boolean remove(SnapshotStore store, String key, InstantSource clock) {
    Optional<Found> dead = findDead(store, key, clock);
    byte[] mine = RunRecord.begin(SWEEPER, clock.instant(), LEASE).json();
    // The record is replaced first, so that the record of a run that takes over is not deleted.
    if (dead.isEmpty() || !store.replace(key, mine, dead.get().object().etag())) {
      return false;
    }
    store.delete(key);
    return true;
  }

  private static Optional<Found> findDead(SnapshotStore store, String key, InstantSource clock) {
    return find(store, key).filter(f -> taken(f, LEASE, clock.instant(), SWEEPER).isEmpty());
  }

  /**
   * The ID of the claim that a run holds while it works on a database. A name has no {@code +}, so
   * no two databases have the same ID.
   */
  public static String databaseId(String service, String environment) {
    return "database-" + service + '+' + environment;
  }

  /** Whether a live run works on a database. */
  public static boolean isAtWork(SnapshotStore store, String service, String environment) {
    return find(store, key(databaseId(service, environment)))
        .flatMap(found -> taken(found, LEASE, Instant.now(), SWEEPER))
        .filter(holder -> !holder.done())
        .isPresent();
  }

  /**
   * Requests the work for this run.
   *
   * @param outputPrefix the prefix of the run's uploads; the uploads of a dead run below it are
   *     aborted
   * @param lease the time after the last renewal after which this run counts as dead, usually
   *     {@link #LEASE}
   */
  public static Outcome claim(
      SnapshotStore store, String id, String outputPrefix, Duration lease, Claimant claimant) {
    return claim(store, id, outputPrefix, lease, claimant, InstantSource.system());
  }

  static Outcome claim(
      SnapshotStore store,
      String id,
      String outputPrefix,
      Duration lease,
      Claimant claimant,
      InstantSource clock) {
    String key = key(id);
    RunRecord mine = RunRecord.begin(claimant, clock.instant(), lease);
    while (true) {
      if (store.putIfAbsent(key, mine.json())) {
        return new Outcome.Claimed(new RunClaim(store, key, mine, lease, clock));
      }
      Optional<Found> other = find(store, key);
      if (other.isEmpty()) {
        continue; // the other run released its claim meanwhile
      }
      Optional<Outcome.Taken> taken = taken(other.get(), lease, clock.instant(), claimant);
      if (taken.isPresent()) {
        return taken.get();
      }
      if (store.replace(key, mine.json(), other.get().object().etag())) {
        RunClaim claim = new RunClaim(store, key, mine, lease, clock);
        claim.abortDead(outputPrefix, other.get());
        return new Outcome.Claimed(claim);
      }
    }
  }

  /** Present if the other run is done or alive. */
  private static Optional<Outcome.Taken> taken(
      Found other, Duration lease, Instant now, Claimant claimant) {
    Duration granted =
        other.record().map(record -> Duration.ofSeconds(record.leaseSeconds())).orElse(lease);
    boolean done = other.record().map(RunRecord::done).orElse(false);
    boolean alive =
        now.isBefore(other.object().modified().plus(granted).plus(SKEW))
            && other.record().filter(record -> record.isFor(claimant)).isEmpty();
    if (!done && !alive) {
      return Optional.empty();
    }
    String owner = other.record().map(RunRecord::owner).orElse("unknown");
    Instant since = other.record().map(RunRecord::claimedAt).orElse(other.object().modified());
    return Optional.of(new Outcome.Taken(done, owner, since));
  }

  /** Reads a record and the etag that belongs to it. */
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
          "Took over {} from {}, whose lease had run out, and aborted {} of its uploads.",
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
   * Whether another run took over. Call this before anything is published: it also renews the
   * lease, so that a full lease is left for the publication.
   */
  public synchronized boolean lost() {
    return lost || (!over && !write(record.renew(clock.instant())));
  }

  /** Throws {@link ErrorCode#REFUSED} if another run took over; see {@link #lost}. */
  public void requireHeld() {
    if (lost()) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "Another run took over this work ("
              + store.locate(key)
              + "), because this run did not renew its lease in time. This run publishes nothing."
              + " Wait for the other run, then look at its result with `decant list`.");
    }
  }

  /** Marks the work as done. From then on every run that requests it ends as a duplicate. */
  public void complete() {
    end(() -> write(record.finish(clock.instant())));
  }

  /**
   * Leaves the claim to another process of the same order, which takes it over at once.
   *
   * @param time how long the claim stays if none does
   */
  public void keep(Duration time) {
    end(() -> write(record.keep(clock.instant(), time)));
  }

  /** Gives the claim back, so that another run can have it, unless {@link #complete} was called. */
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

  /**
   * Renews the lease before it deletes the record, so that the record of a run that took over is
   * not deleted.
   */
  private void release() {
    if (write(record.renew(clock.instant()))) {
      store.delete(key);
    }
  }

  /**
   * Replaces the record if it is still the one of this run. Returns false if another run took over.
   */
  private synchronized boolean write(RunRecord next) {
    while (!lost) {
      if (store.replace(key, next.json(), etag)) {
        record = next;
        readEtag();
        return !lost;
      }
      readEtag(); // another etag alone proves nothing, because its last reading may have failed
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
        Thread.currentThread().interrupt(); // the run is over
        return;
      }
    }
  }

  /** Returns false once the lease need not be renewed any more. */
  private synchronized boolean renew() {
    if (over || lost) {
      return false;
    }
    try {
      return write(record.renew(clock.instant()));
    } catch (DecantException e) {
      LOG.warn(
          "The lease of {} could not be renewed and will be tried again: {}", key, e.getMessage());
      return true;
    }
  }
}
