package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/**
 * The errors of a dump. They name the line, the problem and the remedy, and never contain a literal
 * of the dump.
 */
final class DumpProblem {
  private DumpProblem() {}

  /**
   * The dump is incomplete.
   *
   * @param where completes the sentence "The dump ends …"
   */
  static DecantException cut(long line, String where) {
    return of(
        ErrorCode.INPUT_CUT,
        line,
        "The dump ends " + where + ". It is incomplete. Make the dump again, or copy it again.");
  }

  /** The dump contains something that pg_dump never writes. */
  static DecantException invalid(long line, String what) {
    return of(ErrorCode.INPUT_INVALID, line, what);
  }

  /** The dump contains something that pg_dump can write but decant does not read. */
  static DecantException unsupported(long line, String what) {
    return of(ErrorCode.INPUT_UNSUPPORTED, line, what);
  }

  static DecantException of(ErrorCode code, long line, String what) {
    return new DecantException(code, "Line " + line + " of the dump: " + what);
  }
}
