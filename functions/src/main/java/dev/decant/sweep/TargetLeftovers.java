package dev.decant.sweep;

import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.TargetSweep;
import dev.decant.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The databases that killed refreshes left on the server of one target. A run that is at work has a
 * lock, and its database stays.
 */
public final class TargetLeftovers implements Leftovers {
  private static final String AT_WORK = "A refresh or a rollback of the target is at work.";

  /** A run whose lock was lost with its connection may still be at work on its database. */
  private static final Duration YOUNG = Duration.ofHours(1);

  /** After this time, a session does not keep the database any longer. */
  private static final Duration OLD = Duration.ofDays(1);

  private final Target target;
  private final RefreshRequest.Credentials credentials;
  private final @Nullable Instant now;

  private TargetLeftovers(
      Target target, RefreshRequest.Credentials credentials, @Nullable Instant now) {
    this.target = target;
    this.credentials = credentials;
    this.now = now;
  }

  /** For a sweep that somebody starts. Only the lock keeps a database. */
  public static Leftovers of(Target target, RefreshRequest.Credentials credentials) {
    return new TargetLeftovers(target, credentials, null);
  }

  /**
   * For a sweep that nobody watches. A database also stays if it is less than an hour old, or if a
   * client is connected to it and it is less than a day old.
   */
  public static Leftovers byAge(
      Target target, RefreshRequest.Credentials credentials, Instant now) {
    return new TargetLeftovers(target, credentials, now);
  }

  @Override
  public String kind() {
    return "database on target " + target.name();
  }

  @Override
  public List<Leftover> find() {
    return TargetSweep.find(target, credentials).stream().map(this::judge).toList();
  }

  private Leftover judge(TargetSweep.NewDatabase database) {
    String name = database.name();
    if (database.running()) {
      return Leftover.stays(name, AT_WORK);
    }
    return now == null ? dead(name) : judgeByAge(database, now);
  }

  private Leftover judgeByAge(TargetSweep.NewDatabase database, Instant at) {
    String name = database.name();
    if (database.begun().isEmpty()) {
      return Leftover.stays(name, "Its name does not end with a valid time.");
    }
    Instant begun = database.begun().get();
    if (begun.isAfter(at.minus(YOUNG))) {
      return Leftover.stays(
          name, "By its name, it is less than an hour old. The next sweep looks again.");
    }
    return database.connected() && begun.isAfter(at.minus(OLD))
        ? Leftover.stays(
            name,
            "A client is connected to it. A sweep drops it nevertheless once it is a day old.")
        : dead(name);
  }

  private Leftover dead(String name) {
    return Leftover.goes(
        name, "Its refresh has ended without swapping or dropping it.", () -> drop(name));
  }

  private Optional<String> drop(String name) {
    return TargetSweep.drop(target, credentials, name) ? Optional.empty() : Optional.of(AT_WORK);
  }
}
