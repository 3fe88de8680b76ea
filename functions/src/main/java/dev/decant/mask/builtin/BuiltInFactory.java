package dev.decant.mask.builtin;

import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A factory of this project: knows the categories of types that it serves. */
abstract class BuiltInFactory implements MaskFactory {
  static final Set<TypeCategory> TEXT = EnumSet.of(TypeCategory.TEXT);
  static final Set<TypeCategory> INTEGERS =
      EnumSet.of(TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT);

  private final String name;
  private final Set<TypeCategory> serves;
  private final List<MaskOption> options;

  BuiltInFactory(String name, Set<TypeCategory> serves, MaskOption... options) {
    this.name = name;
    this.serves = EnumSet.copyOf(serves);
    this.options = List.of(options);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<MaskOption> options() {
    return options;
  }

  final boolean serves(TypeCategory category) {
    return serves.contains(category);
  }

  @Override
  public final @Nullable String refusal(MaskSpec spec, Column column) {
    TypeCategory category = column.type().category();
    if (column.generated()) {
      return "the server computes this column (GENERATED ALWAYS AS): it takes no rule; remove it";
    }
    if (!serves.contains(category)) {
      return name
          + " does not serve "
          + column.type().name()
          + "; masks that do: "
          + String.join(", ", BuiltInMasks.serving(category));
    }
    return problem(spec, column);
  }

  /** What else is wrong with the options or the column, which is of a category it serves. */
  @Nullable String problem(MaskSpec spec, Column column) {
    return null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return false;
  }

  /** A set of these and more. */
  static Set<TypeCategory> and(Set<TypeCategory> these, TypeCategory... more) {
    Set<TypeCategory> all = EnumSet.copyOf(these);
    all.addAll(List.of(more));
    return all;
  }
}
