package dev.decant.pull;

import java.util.Optional;

/** Asks the person who pulls. */
@FunctionalInterface
public interface Questions {
  /** Asks nobody. */
  Questions NOBODY = question -> Optional.empty();

  /** Returns whether the person agrees; empty if nobody can be asked. */
  Optional<Boolean> agree(String question);
}
