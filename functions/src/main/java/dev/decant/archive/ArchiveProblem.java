package dev.decant.archive;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/** The errors of archives. Each message says what is wrong and what to do. */
final class ArchiveProblem {
  private ArchiveProblem() {}

  static DecantException cut(String name, String where) {
    return new DecantException(
        ErrorCode.INPUT_CUT,
        name + " is cut: it ends " + where + ". Copy or upload it again, or make the dump again.");
  }

  static DecantException damaged(String name, String how) {
    return new DecantException(
        ErrorCode.INPUT_INVALID,
        name + " is a damaged archive: " + how + ". Copy or upload it again.");
  }

  static DecantException unsupported(String name, String message) {
    return new DecantException(ErrorCode.INPUT_UNSUPPORTED, name + " " + message);
  }
}
