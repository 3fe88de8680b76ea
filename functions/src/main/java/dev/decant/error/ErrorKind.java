package dev.decant.error;

/** The kinds of failures, with the exit code of the command line. */
public enum ErrorKind {
  /** A defect of decant itself. */
  BUG(1),
  /** Wrong arguments or settings. */
  USAGE(2),
  /** The policy is invalid, or it does not match the schema. */
  POLICY(10),
  /** The dump is incomplete or damaged, or contains something that decant does not know. */
  INPUT(11),
  /** A database refused a request or failed. */
  DATABASE(12),
  /** The output is wrong: a violated constraint, a failed assertion, a leak, a bad signature. */
  VERIFICATION(13),
  /** A snapshot store could not be read or written. */
  STORE(14),
  /** A guard refused the operation. */
  REFUSED(15),
  /** Another run is at work. */
  BUSY(16),
  /** Several processes cannot share the source, but one process can sanitize it. */
  NOT_DIVISIBLE(17);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The process exit code of this kind. */
  public int exitCode() {
    return exitCode;
  }
}
