package dev.decant.mask;

import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes masks of one kind. decant has built-in factories, and {@link java.util.ServiceLoader} finds
 * those of other jars on the class path. A factory has no state.
 */
public interface MaskFactory {
  /** The name that policies use. */
  String name();

  /**
   * The options that the mask takes besides {@code mask}, {@code realm} and {@code trace}, which
   * every mask takes.
   */
  List<MaskOption> options();

  /** The categories of column types that the mask serves. */
  default Set<TypeCategory> types() {
    return EnumSet.allOf(TypeCategory.class);
  }

  /**
   * Explains why the mask cannot serve a column with these options.
   *
   * @return sentences for the author of the policy that say what is wrong and what to write
   *     instead; null if the mask can serve the column
   */
  default @Nullable String refusal(MaskSpec spec, Column column) {
    if (column.generated()) {
      return "The server computes this column (GENERATED ALWAYS AS), so no mask can serve it."
          + " Remove its rule.";
    }
    if (!types().contains(column.type().category())) {
      return "The mask " + name() + " does not serve columns of type " + column.type().name() + ".";
    }
    return problem(spec, column);
  }

  /**
   * Explains what is wrong with the options, or with a column whose type the mask serves.
   *
   * @return as {@link #refusal} does
   */
  default @Nullable String problem(MaskSpec spec, Column column) {
    return null;
  }

  /**
   * Whether different raw values become different masked values in this column. The answer depends
   * on the type and length of the column and on the options.
   */
  boolean injective(MaskSpec spec, Column column);

  /**
   * Which raw values of this mask identify somebody, so that the leak trace looks for them. The
   * option {@code trace} of a policy overrides the answer.
   */
  default Tracing tracing(MaskSpec spec) {
    return Tracing.NONE;
  }

  /**
   * The values that the mask can write into a column, if they are known without a raw value. The
   * leak trace checks then that the column has no others.
   *
   * @param locale the locale of the policy
   */
  default Optional<WrittenValues> written(MaskSpec spec, Column column, Locale locale) {
    return Optional.empty();
  }

  /** The protection that the mask gives; empty if its author does not state it. */
  default Optional<Disclosure> disclosure() {
    return Optional.empty();
  }

  /**
   * The version of the values that the mask gives. Change it if the same key, options and raw value
   * give another masked value than before. A run is then different work than an earlier one. The
   * built-in masks share one version, {@link Masks#VERSION}.
   */
  default String version() {
    return "1";
  }

  /** Makes the mask for one worker. It is called only if {@link #refusal} returned null. */
  Mask create(MaskSpec spec, Column column, MaskKit kit);
}
