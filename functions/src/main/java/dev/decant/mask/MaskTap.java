package dev.decant.mask;

/** Sees each mask that a {@link TableMaskKit} makes for a whole value, before it is used. */
@FunctionalInterface
public interface MaskTap {
  /** Changes nothing. */
  MaskTap NONE = (spec, usual, mask) -> mask;

  /**
   * Returns the mask to use in place of this one, or the same mask.
   *
   * @param usual which values are traced if the spec does not say it
   */
  Mask tap(MaskSpec spec, Tracing usual, Mask mask);
}
