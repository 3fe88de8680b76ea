package dev.decant.cli;

import dev.decant.error.ErrorKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes, as every command's help lists them. */
final class ExitCodes {
  private ExitCodes() {}

  static Map<String, String> list() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("  0", "Done.");
    for (ErrorKind kind : ErrorKind.values()) {
      codes.put(String.format("%3d", kind.exitCode()), meaning(kind));
    }
    codes.put("130", "Interrupted (Ctrl-C).");
    return codes;
  }

  private static String meaning(ErrorKind kind) {
    return switch (kind) {
      case BUG -> "A defect of decant.";
      case USAGE -> "Wrong arguments or settings, a missing key.";
      case POLICY -> "The policy does not fit the schema, or is not a policy.";
      case INPUT -> "The dump is missing, cut, damaged, or not understood.";
      case DATABASE -> "A database refused or failed.";
      case VERIFICATION -> "A constraint, an assertion, a signature does not hold; a leak.";
      case STORE -> "The store cannot be read or written, or lacks the snapshot.";
      case REFUSED -> "A guard refused.";
    };
  }
}
