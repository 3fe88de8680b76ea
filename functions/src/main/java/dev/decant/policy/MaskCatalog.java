package dev.decant.policy;

import dev.decant.mask.MaskFactory;
import dev.decant.mask.Masks;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The masks that a policy may use. */
public interface MaskCatalog {
  /** The factory of the mask with this name. */
  Optional<MaskFactory> factory(String name);

  /** The names of all masks. */
  Set<String> names();

  /** The names of the masks that serve a category of types, sorted. */
  default List<String> serving(TypeCategory category) {
    return names().stream()
        .sorted()
        .filter(name -> factory(name).filter(f -> f.types().contains(category)).isPresent())
        .toList();
  }

  /** The built-in masks, and the masks of other jars on the class path. */
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
