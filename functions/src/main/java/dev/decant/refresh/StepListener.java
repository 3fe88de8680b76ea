package dev.decant.refresh;

/** Is called after each step of a refresh. */
@FunctionalInterface
public interface StepListener {
  /** A listener that does nothing. */
  StepListener NONE = step -> {};

  void done(RefreshStep step);
}
