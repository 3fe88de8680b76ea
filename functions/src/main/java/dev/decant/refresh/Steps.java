package dev.decant.refresh;

/** Is told of each step of a refresh, once it is done. */
@FunctionalInterface
public interface Steps {
  /** Nobody. */
  Steps NONE = step -> {};

  void done(Step step);
}
