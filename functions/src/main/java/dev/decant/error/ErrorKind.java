package dev.decant.error;

/** The kinds of failure, each with the exit code that the command line answers. */
public enum ErrorKind {
  /** A defect of decant itself. */
  BUG(1),
  /** Wrong arguments or settings. */
  USAGE(2),
  /** The policy does not fit the schema, or is not a policy. */
  POLICY(10),
  /** The dump is cut, damaged, or holds something that decant does not know. */
  INPUT(11),
  /** A database refused or failed. */
  DATABASE(12),
  /** The output does not hold what it must: a constraint, an assertion, a leak, a signature. */
  VERIFICATION(13),
  /** A snapshot store could not be read or written. */
  STORE(14),
  /** A guard refused. */
  REFUSED(15);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The process exit code of this kind. */
  public int exitCode() {
    return exitCode;
  }
}
