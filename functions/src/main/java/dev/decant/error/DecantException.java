package dev.decant.error;

/**
 * The one exception of decant. Its message says what, where (snapshot, table, row number) and what
 * to do, and never holds a row value. An {@link java.sql.SQLException} is never its cause:
 * PostgreSQL's error texts carry rows.
 */
public final class DecantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public DecantException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** With a cause that holds no row value, an I/O error for instance. */
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
