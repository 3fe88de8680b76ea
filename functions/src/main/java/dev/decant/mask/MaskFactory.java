package dev.decant.mask;

import dev.decant.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one kind of mask. Built-in ones and those of others (found by {@link
 * java.util.ServiceLoader}) are alike. Stateless.
 */
public interface MaskFactory {
  /** The name that policies use. */
  String name();

  /**
   * The options it takes, besides {@code mask}, {@code realm} and {@code trace}, which all take.
   */
  List<MaskOption> options();

  /**
   * Whether the mask can serve the column with these options.
   *
   * @return null where it can; else what is wrong and what to write instead, for the policy's
   *     author
   */
  @Nullable String refusal(MaskSpec spec, Column column);

  /**
   * Whether different raw values give different masked values for this column (its type and length)
   * with these options.
   */
  boolean injective(MaskSpec spec, Column column);

  /**
   * Whether the raw values identify somebody, so that the leak trace looks for them, where the
   * policy says nothing.
   */
  default boolean traced(MaskSpec spec) {
    return false;
  }

  /**
   * The version of the values that the mask gives. Raise it when the same key, options and raw
   * value give another masked value than before: a run is then other work than an earlier one.
   * Built-in masks have one version together, {@link Masks#VERSION}.
   */
  default String version() {
    return "1";
  }

  /** Makes the mask for one worker. Called only where {@link #refusal} answered null. */
  Mask create(MaskSpec spec, Column column, MaskKit kit);
}
