package dev.decant.policy;

import dev.decant.mask.MaskFactory;
import dev.decant.mask.Masks;
import dev.decant.mask.builtin.BuiltInMasks;
import java.util.Optional;
import java.util.Set;

/** The masks that a policy may name. */
public interface MaskCatalog {
  /** The mask of a name. */
  Optional<MaskFactory> factory(String name);

  /** All names. */
  Set<String> names();

  /** The built-in masks, and those of others on the class path. */
  static MaskCatalog standard() {
    Masks masks = BuiltInMasks.standard();
    return new MaskCatalog() {
      @Override
      public Optional<MaskFactory> factory(String name) {
        return masks.factory(name);
      }

      @Override
      public Set<String> names() {
        return masks.names();
      }
    };
  }
}
