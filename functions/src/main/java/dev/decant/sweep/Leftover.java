package dev.decant.sweep;

import java.util.Optional;

/**
 * Something that a run left, or that it still uses.
 *
 * @param stays whether it must stay
 * @param why the reason why it goes or stays, as a sentence
 * @param deletion deletes it
 */
public record Leftover(String name, boolean stays, String why, Deletion deletion) {
  /** The deletion of one leftover. */
  public interface Deletion {
    /**
     * Deletes the leftover, or begins to.
     *
     * @return empty, or the reason why it stays nevertheless, as a sentence
     * @throws dev.decant.error.DecantException if it cannot be deleted
     */
    Optional<String> delete();
  }

  static Leftover goes(String name, String why, Deletion deletion) {
    return new Leftover(name, false, why, deletion);
  }

  static Leftover stays(String name, String why) {
    return new Leftover(name, true, why, () -> Optional.of(why));
  }
}
