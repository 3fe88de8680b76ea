package dev.decant.refresh;

/** Is told of each step of a refresh, once it is done. */
@FunctionalInterface
public interface StepListener {
  /** Nobody. */
  StepListener NONE = step -> {};

  void done(RefreshStep step);
}
