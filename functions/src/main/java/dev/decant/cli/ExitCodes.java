package dev.decant.cli;

import dev.decant.error.ErrorKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes, as every command's help lists them. */
final class ExitCodes {
  private ExitCodes() {}

  static Map<String, String> list() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("  0", "The command succeeded.");
    for (ErrorKind kind : ErrorKind.values()) {
      codes.put(String.format("%3d", kind.exitCode()), meaning(kind));
    }
    codes.put("130", "The command was interrupted (Ctrl-C).");
    return codes;
  }

  private static String meaning(ErrorKind kind) {
    return switch (kind) {
      case BUG -> "decant has a defect.";
      case USAGE -> "An argument or a setting is wrong, or a key is missing.";
      case POLICY -> "The policy is not valid, or does not fit the schema.";
      case INPUT -> "The dump is missing, incomplete, damaged, or not understood.";
      case DATABASE -> "A database failed or refused a request.";
      case VERIFICATION -> "A constraint, an assertion or a signature does not hold.";
      case STORE -> "The store cannot be read or written, or does not hold the snapshot.";
      case REFUSED -> "A guard refused the command.";
      case BUSY -> "Another run of the same database is at work.";
      case NOT_DIVISIBLE -> "Several processes cannot share the source. Use decant sanitize.";
    };
  }
}
