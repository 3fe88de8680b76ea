package dev.decant.store;

import org.jspecify.annotations.Nullable;

/**
 * The run that asks for a claim.
 *
 * @param description the machine and the process, or the request of a function, for messages
 * @param order the ID of the order that the run carries out, for example the ID of the event that
 *     started it; null if it has none
 * @param relation which claims of the same order the run takes over before their leases expire
 */
public record Claimant(String description, @Nullable String order, Relation relation) {
  /** How a run stands to other runs of its order. */
  public enum Relation {
    /** AWS starts it only after the run before it has ended, so it takes over any claim. */
    SUCCESSOR,
    /**
     * Several may be started at the same time, so it takes over only a claim that {@link
     * RunClaim#keep} left to it. The other partners wait for it.
     */
    PARTNER,
    /** No other run of the order is at work any more, so it takes over any claim. */
    HEIR
  }

  /** A run that is the only one of its order at any time. */
  public Claimant(String description, @Nullable String order) {
    this(description, order, Relation.SUCCESSOR);
  }

  /** A run without an order, for example of a person. */
  public static Claimant of(String description) {
    return new Claimant(description, null);
  }
}
