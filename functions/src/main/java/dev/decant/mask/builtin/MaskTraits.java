package dev.decant.mask.builtin;

import dev.decant.mask.Tracing;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The name, the effect, the types and the promises of a built-in mask. The table of masks in {@code
 * docs/masks.md} is generated from it.
 *
 * @param name the name that policies use
 * @param summary one sentence for the table of masks, in Markdown
 * @param types the categories of column types that the mask serves
 * @param injective whether different raw values become different masked values; a factory whose
 *     answer depends on the options or on the column overrides {@link BuiltInFactory#injective}
 * @param tracing which raw values of this mask identify somebody
 */
record MaskTraits(
    String name, String summary, Set<TypeCategory> types, boolean injective, Tracing tracing) {
  static final Set<TypeCategory> TEXT = Set.of(TypeCategory.TEXT);
  static final Set<TypeCategory> INTEGERS =
      Set.of(TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT);
  static final Set<TypeCategory> ALL = Set.of(TypeCategory.values());

  MaskTraits {
    types = Set.copyOf(types);
  }

  /** A mask that is neither injective nor traced. */
  static MaskTraits of(String name, String summary, Set<TypeCategory> types) {
    return new MaskTraits(name, summary, types, false, Tracing.NONE);
  }

  MaskTraits injectively() {
    return new MaskTraits(name, summary, types, true, tracing);
  }

  MaskTraits identifying() {
    return tracing(Tracing.EVERY);
  }

  MaskTraits tracing(Tracing values) {
    return new MaskTraits(name, summary, types, injective, values);
  }

  /** These categories and more. */
  static Set<TypeCategory> and(Set<TypeCategory> these, TypeCategory... more) {
    Set<TypeCategory> all = EnumSet.copyOf(these);
    all.addAll(List.of(more));
    return all;
  }
}
