package dev.decant.mask;

/** Sees each mask that a {@link TableMaskKit} makes for a whole value, before it is used. */
@FunctionalInterface
public interface MaskTap {
  /** Changes nothing. */
  MaskTap NONE = (spec, factory, mask) -> mask;

  /** Returns the mask to use in place of this one, or the same mask. */
  Mask tap(MaskSpec spec, MaskFactory factory, Mask mask);
}
