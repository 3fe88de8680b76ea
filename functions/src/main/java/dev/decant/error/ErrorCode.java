package dev.decant.error;

/** The failures that decant reports, with their kind and whether a later attempt may succeed. */
public enum ErrorCode {
  BUG(ErrorKind.BUG, false),
  USAGE(ErrorKind.USAGE, false),
  KEY_MISSING(ErrorKind.USAGE, false),
  KEY_INVALID(ErrorKind.USAGE, false),
  SETTING_INVALID(ErrorKind.USAGE, false),
  TARGETS_INVALID(ErrorKind.USAGE, false),

  POLICY_INVALID(ErrorKind.POLICY, false),

  SOURCE_NOT_FOUND(ErrorKind.INPUT, false),
  SOURCE_UNREADABLE(ErrorKind.INPUT, true),
  SOURCE_CHANGED(ErrorKind.INPUT, true),
  INPUT_CUT(ErrorKind.INPUT, false),
  INPUT_CHECKSUM(ErrorKind.INPUT, false),
  INPUT_INVALID(ErrorKind.INPUT, false),
  INPUT_UNSUPPORTED(ErrorKind.INPUT, false),
  NO_ROWS(ErrorKind.INPUT, false),
  ROW_INVALID(ErrorKind.INPUT, false),
  ROW_TOO_LARGE(ErrorKind.INPUT, false),
  MEMORY_EXCEEDED(ErrorKind.INPUT, false),

  DATABASE_FAILED(ErrorKind.DATABASE, false),
  DATABASE_UNAVAILABLE(ErrorKind.DATABASE, true),
  SCRATCH_FAILED(ErrorKind.DATABASE, false),
  EXTENSION_MISSING(ErrorKind.DATABASE, false),
  DISK_FULL(ErrorKind.DATABASE, false),
  SQL_STEP_FAILED(ErrorKind.DATABASE, false),

  CONSTRAINT_VIOLATED(ErrorKind.VERIFICATION, false),
  ASSERTION_FAILED(ErrorKind.VERIFICATION, false),
  LEAK_FOUND(ErrorKind.VERIFICATION, false),
  NOT_VERIFIED(ErrorKind.VERIFICATION, false),
  HOOK_FAILED(ErrorKind.VERIFICATION, false),
  ANCHOR_NOT_FOUND(ErrorKind.VERIFICATION, false),
  ROWS_DIFFER(ErrorKind.VERIFICATION, false),
  SNAPSHOT_DAMAGED(ErrorKind.VERIFICATION, false),
  SIGNATURE_INVALID(ErrorKind.VERIFICATION, false),

  STORE_FAILED(ErrorKind.STORE, true),
  STORE_DENIED(ErrorKind.STORE, false),
  STORE_UNSUITABLE(ErrorKind.STORE, false),
  SNAPSHOT_NOT_FOUND(ErrorKind.STORE, false),
  SNAPSHOT_EXISTS(ErrorKind.STORE, false),

  REFUSED(ErrorKind.REFUSED, false),
  DEADLINE_NEAR(ErrorKind.REFUSED, false),
  CANCELLED(ErrorKind.REFUSED, false),

  BUSY(ErrorKind.BUSY, true),

  NOT_DIVISIBLE(ErrorKind.NOT_DIVISIBLE, false);

  private final ErrorKind kind;
  private final boolean retryable;

  ErrorCode(ErrorKind kind, boolean retryable) {
    this.kind = kind;
    this.retryable = retryable;
  }

  public ErrorKind kind() {
    return kind;
  }

  /** Whether the same call may succeed later although nobody changes anything. */
  public boolean retryable() {
    return retryable;
  }
}
