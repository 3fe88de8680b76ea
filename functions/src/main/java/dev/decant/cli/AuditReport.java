package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.audit.AuditCheck;
import dev.decant.audit.AuditCheck.Outcome;
import dev.decant.audit.AuditResult;
import dev.decant.progress.Quantity;
import java.util.List;
import java.util.Locale;

/** The result of an audit as text and as JSON. */
final class AuditReport {
  private AuditReport() {}

  /** Prints a result as JSON, or as a table to stdout and a sentence to stderr. */
  static void print(AuditResult result, boolean json, Console console) {
    if (json) {
      console.out().println(JsonOutput.json(document(result)));
    } else {
      lines(result, console.tableColumns()).forEach(console.out()::println);
      console.err().println(verdict(result));
    }
  }

  static List<String> lines(AuditResult result, int columns) {
    TextTable table = new TextTable("RESULT", "CHECK", "DETAIL");
    for (AuditCheck check : result.checks()) {
      table.row(check.outcome().word(), check.subject(), check.detail());
    }
    return table.lines(columns);
  }

  /** One sentence about all checks. */
  static String verdict(AuditResult result) {
    long failed = result.count(Outcome.FAILS);
    long open = result.count(Outcome.NOT_CHECKED);
    return result.snapshot()
        + (failed == 0
            ? ": all that was checked holds"
            : ": " + Quantity.counted(failed, "check") + " failed")
        + (open == 0 ? "." : ", and " + Quantity.counted(open, "check") + " could not be made.")
        + (failed == 0 ? "" : " Do not use this snapshot.");
  }

  /** The same result always gives the same document. */
  static ObjectNode document(AuditResult result) {
    ObjectNode document =
        JsonOutput.document()
            .put("snapshot", result.snapshot().toString())
            .put("holds", result.holds());
    ArrayNode checks = document.putArray("checks");
    for (AuditCheck check : result.checks()) {
      checks
          .addObject()
          .put("check", check.subject())
          .put("result", check.outcome().word().toLowerCase(Locale.ROOT))
          .put("detail", check.detail());
    }
    return document;
  }
}
