package dev.decant.pull;

import java.util.Optional;

/** Asks the person who pulls. */
@FunctionalInterface
public interface Questions {
  /** Nobody can be asked. */
  Questions NOBODY = question -> Optional.empty();

  /** Whether they agree; empty where there is nobody to ask. */
  Optional<Boolean> agree(String question);
}
