package dev.decant.error;

/**
 * The exception of a function whose call may succeed later although nobody changes anything. Step
 * Functions and other callers see only the name of an exception's class, and this name lets them
 * retry the call. Everywhere else {@link ErrorCode#retryable()} says the same.
 */
public final class RetryableException extends DecantException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception. The code must be one that is retryable. */
  public RetryableException(ErrorCode code, String message) {
    super(code, message);
    if (!code.retryable()) {
      throw new IllegalArgumentException(code + " is not retryable");
    }
  }
}
