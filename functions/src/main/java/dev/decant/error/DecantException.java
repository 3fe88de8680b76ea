package dev.decant.error;

/**
 * The one exception of decant. Its message says what failed, where it failed (snapshot, table, row
 * number), and what to do about it. It never contains a row value. An {@link java.sql.SQLException}
 * is never its cause, because error texts of PostgreSQL contain rows.
 */
public sealed class DecantException extends RuntimeException permits RetryableException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public DecantException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Makes an error with a cause that contains no row value, for example an I/O error. */
  public DecantException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /** The exit code of a process that ends with this error. */
  public int exitCode() {
    return code.kind().exitCode();
  }
}
