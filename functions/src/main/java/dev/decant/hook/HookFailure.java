package dev.decant.hook;

/**
 * An attempt of a hook failed. The message contains no secret. There is no cause because its
 * message might contain one.
 */
final class HookFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean hopeless;

  /**
   * A failure with a message.
   *
   * @param hopeless whether another attempt would fail in the same way
   */
  HookFailure(String message, boolean hopeless) {
    super(message);
    this.hopeless = hopeless;
  }

  /** A failure after which another attempt may succeed. */
  static HookFailure passing(String message) {
    return new HookFailure(message, false);
  }

  /** A failure after which no further attempt is made. */
  static HookFailure lasting(String message) {
    return new HookFailure(message, true);
  }

  boolean isHopeless() {
    return hopeless;
  }
}
