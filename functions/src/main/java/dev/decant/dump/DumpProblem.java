package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/** The errors of a dump: the line, what is wrong, what to do; never text of the dump's literals. */
final class DumpProblem {
  private DumpProblem() {}

  /** The dump has no end. */
  static DecantException cut(long line, String where) {
    return of(
        ErrorCode.INPUT_CUT,
        line,
        "the dump ends " + where + ". It was cut: make or copy it again");
  }

  /** It holds what no dump holds. */
  static DecantException invalid(long line, String what) {
    return of(ErrorCode.INPUT_INVALID, line, what);
  }

  /** It holds what pg_dump can write but decant does not read. */
  static DecantException unsupported(long line, String what) {
    return of(ErrorCode.INPUT_UNSUPPORTED, line, what);
  }

  static DecantException of(ErrorCode code, long line, String what) {
    return new DecantException(code, "line " + line + ": " + what);
  }
}
