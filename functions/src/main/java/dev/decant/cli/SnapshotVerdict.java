package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.manifest.Listing;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.SignatureCheck;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.SnapshotSummary;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Quantity;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The verdict and the signature of a snapshot, one word each.
 *
 * @param verdict whether the checks of the run held, according to the manifest; {@code refused} if
 *     the reader's public key did not sign the manifest; another word if its dump does not exist or
 *     has another size
 * @param signature whether the trusted key signed the manifest
 * @param notVerified the objects without rows that no database has verified, with the reasons
 * @param damage the reason why nobody can use the snapshot, or null
 */
record SnapshotVerdict(
    String verdict, String signature, List<String> notVerified, @Nullable String damage) {
  private static final String DAMAGED = "damaged";

  SnapshotVerdict {
    notVerified = List.copyOf(notVerified);
  }

  /**
   * Reads the manifests of some snapshots. The verdicts have the order of the names. A manifest
   * that cannot be read is no failure: its verdict says so.
   */
  static List<SnapshotVerdict> read(Snapshots snapshots, Listing listing, @Nullable PublicKey key) {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SnapshotVerdict>> read =
          listing.snapshots().stream()
              .map(SnapshotSummary::name)
              .map(
                  name ->
                      readers.submit(() -> read(snapshots, name, key, listing.damaged().get(name))))
              .toList();
      List<SnapshotVerdict> verdicts = new ArrayList<>();
      for (Future<SnapshotVerdict> each : read) {
        verdicts.add(each.get());
      }
      return verdicts;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static SnapshotVerdict read(
      Snapshots snapshots, SnapshotName name, @Nullable PublicKey key, @Nullable String damage) {
    try {
      PublishedManifest published = snapshots.read(name, key);
      return new SnapshotVerdict(
          published.verification().isRefused()
              ? "refused"
              : damage == null ? word(published.manifest()) : DAMAGED,
          word(published.verification()),
          notVerified(published.manifest()),
          damage);
    } catch (DecantException damaged) {
      return new SnapshotVerdict("unreadable", "?", List.of(), damaged.getMessage());
    }
  }

  private static String word(Manifest manifest) {
    Manifest.LeakTrace trace = manifest.leakTrace();
    if (manifest.assertions().stream().anyMatch(a -> !a.held())
        || (trace != null && trace.found() > 0)) {
      return "failed";
    }
    return "verified";
  }

  /** The verdict, and the number of objects that are not verified. */
  String summary() {
    return notVerified.isEmpty() || damage != null
        ? verdict
        : verdict + ", " + notVerified.size() + " not";
  }

  /** The objects without rows that no database has verified, with the reasons. */
  static List<String> notVerified(Manifest manifest) {
    List<Manifest.NotVerified> listed = manifest.notVerified();
    return listed == null
        ? List.of()
        : listed.stream().map(o -> o.object() + ": " + o.reason()).toList();
  }

  private static String word(SignatureCheck verification) {
    return switch (verification) {
      case SignatureCheck.Valid _ -> "valid";
      case SignatureCheck.Unverifiable _ -> "not checked";
      case SignatureCheck.Unsigned _ -> "none";
      case SignatureCheck.Invalid _ -> "INVALID";
    };
  }

  /** The verdict and its reasons, for people. */
  static String sentence(Manifest manifest, Optional<String> damage) {
    if (damage.isPresent()) {
      return DAMAGED + ": " + damage.get() + " Take another snapshot, or sanitize this one again.";
    }
    Manifest.LeakTrace trace = manifest.leakTrace();
    return word(manifest)
        + ": PostgreSQL rebuilt the constraints, "
        + assertions(manifest.assertions())
        + (trace == null
            ? ""
            : ", the leak trace searched for "
                + Quantity.of(trace.traced(), "raw values")
                + " and found "
                + trace.found());
  }

  private static String assertions(List<Manifest.Assertion> assertions) {
    return assertions.isEmpty()
        ? "the policy has no assertions"
        : assertions.stream().filter(Manifest.Assertion::held).count()
            + " of "
            + Quantity.of(assertions.size(), "assertions")
            + " hold";
  }
}
