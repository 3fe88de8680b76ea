package dev.decant.policy;

import dev.decant.mask.MaskFactory;
import java.util.Optional;
import java.util.Set;

/** The masks that a policy may name. */
public interface MaskCatalog {
  /** The mask of a name. */
  Optional<MaskFactory> factory(String name);

  /** All names. */
  Set<String> names();
}
