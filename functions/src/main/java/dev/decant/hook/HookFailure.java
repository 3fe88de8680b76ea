package dev.decant.hook;

/**
 * An attempt of a hook failed. The message holds no secret; there is never a cause, which might.
 */
final class HookFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean hopeless;

  /**
   * @param hopeless whether another attempt would fail as well
   */
  HookFailure(String message, boolean hopeless) {
    super(message);
    this.hopeless = hopeless;
  }

  static HookFailure passing(String message) {
    return new HookFailure(message, false);
  }

  static HookFailure lasting(String message) {
    return new HookFailure(message, true);
  }

  boolean isHopeless() {
    return hopeless;
  }
}
