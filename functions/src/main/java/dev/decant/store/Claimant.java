package dev.decant.store;

import org.jspecify.annotations.Nullable;

/**
 * The run that asks for a claim.
 *
 * @param description the machine and the process, or the request of a function, for messages
 * @param order the ID of the order that the run carries out, for example the ID of the event that
 *     started it; null if it has none. AWS starts a second run for the same order only after the
 *     first has ended, so a run takes a claim of the same order over at once
 */
public record Claimant(String description, @Nullable String order) {
  /** A run without an order, for example of a person. */
  public static Claimant of(String description) {
    return new Claimant(description, null);
  }
}
