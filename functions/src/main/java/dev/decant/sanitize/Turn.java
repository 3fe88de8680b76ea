package dev.decant.sanitize;

import dev.decant.store.Claimant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run waits for its turn among the runs of the same database.
 *
 * @param order the ID of the order that the run carries out, see {@link Claimant#order}; null if it
 *     has none
 * @param patience how long the run waits for another run to end
 * @param relation how the run stands to other runs of its order
 */
public record Turn(@Nullable String order, Duration patience, Claimant.Relation relation) {
  /** A run that is the only one of its order at any time. */
  public Turn(@Nullable String order, Duration patience) {
    this(order, patience, Claimant.Relation.SUCCESSOR);
  }

  /** A run without an order that does not wait. */
  public static final Turn NOW = new Turn(null, Duration.ZERO);

  Claimant claimant() {
    return new Claimant(RunOwner.description(), order, relation);
  }
}
