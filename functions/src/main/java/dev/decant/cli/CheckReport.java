package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.check.CheckFinding;
import dev.decant.check.CheckFinding.Kind;
import dev.decant.check.CheckResult;
import dev.decant.error.Printable;
import dev.decant.inspect.NotCreated;
import dev.decant.progress.Quantity;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;

/** The report of a check for people, and as a document. */
final class CheckReport {
  private CheckReport() {}

  static List<String> lines(CheckResult result) {
    List<String> lines = new ArrayList<>();
    findings(result, true, lines);
    findings(result, false, lines);
    if (!result.notCreated().isEmpty()) {
      lines.add("The scratch database could not create these objects of " + result.source() + ":");
      NotCreated.lines(result.notCreated()).forEach(each -> lines.add("  " + Printable.line(each)));
      lines.add("");
    }
    lines.add(summary(result));
    if (!result.proposal().isEmpty()) {
      boolean more = result.findings().stream().anyMatch(f -> f.kind() == Kind.UNFIT);
      if (result.count(Kind.MISSING) > 0) {
        lines.add(remedy(result));
      }
      lines.add(
          "This is a proposal for the whole policy"
              + (more ? ", in which the rules that do not fit are unchanged" : "")
              + ". Save it as "
              + result.policy()
              + " and review each line that is marked REVIEW:");
      lines.add("");
      result.proposal().lines().forEach(lines::add);
    }
    return lines;
  }

  /** The sentence about the command that adds the missing rules. */
  static String remedy(CheckResult result) {
    return "`decant init SOURCE --update " + result.policy() + "` adds the missing rules.";
  }

  private static void findings(CheckResult result, boolean errors, List<String> lines) {
    List<CheckFinding> findings =
        result.findings().stream().filter(f -> f.kind().error() == errors).toList();
    if (findings.isEmpty()) {
      return;
    }
    lines.add(errors ? "Problems:" : "Warnings:");
    findings.forEach(f -> lines.add("  " + Printable.line(place(result, f) + ": " + f.text())));
    lines.add("");
  }

  /** The place in the policy, or in the source if the finding has no place in the policy. */
  private static String place(CheckResult result, CheckFinding finding) {
    if (finding.line() > 0) {
      return result.policy() + ":" + finding.line();
    }
    return finding.sourceLine() > 0
        ? result.source() + ":" + finding.sourceLine()
        : result.policy();
  }

  /**
   * One or two sentences with the verdict, the numbers of findings, and the numbers of compared
   * tables and columns.
   */
  static String summary(CheckResult result) {
    String compared =
        " Compared "
            + count(result.counts().tables(), "table")
            + " with "
            + count(result.counts().columns(), "column")
            + ".";
    String counts =
        counts(result, true).isEmpty() ? "" : " (" + String.join(", ", counts(result, true)) + ")";
    if (result.count(Kind.INVALID) > 0) {
      return result.policy() + " is not valid" + counts + ". The schema was not compared.";
    }
    return result.policy()
        + (result.passed() ? " fits " : " does not fit ")
        + result.source()
        + counts
        + "."
        + compared;
  }

  private static List<String> counts(CheckResult result, boolean errors) {
    List<String> counts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      long count = result.count(kind);
      if (count > 0 && kind.error() == errors) {
        counts.add(count(count, noun(kind)));
      }
    }
    return counts;
  }

  private static String noun(Kind kind) {
    return switch (kind) {
      case MISSING -> "missing rule";
      case STALE -> "stale rule";
      case UNFIT -> "rule that does not fit";
      case INVALID -> "mistake";
      case DDL -> "finding in DDL";
      case UNKNOWN_COLUMNS -> "change of a table that could not be run";
      case UNREAD -> "definition that could not be read";
      case UNVERIFIED -> "unverified table";
      case DOUBTFUL -> "doubtful rule";
    };
  }

  /** A number with its noun, whose first word gets the plural if the number is not one. */
  private static String count(long count, String noun) {
    if (count == 1) {
      return "1 " + noun;
    }
    String plural =
        switch (noun) {
          case "rule that does not fit" -> "rules that do not fit";
          case "finding in DDL" -> "findings in DDL";
          case "change of a table that could not be run" ->
              "changes of tables that could not be run";
          default -> noun + "s";
        };
    return Quantity.count(count) + " " + plural;
  }

  static ObjectNode document(CheckResult result) {
    ObjectNode document =
        JsonOutput.document()
            .put("passed", result.passed())
            .put("policy", result.policy())
            .put("source", result.source());
    ObjectNode counts =
        document
            .putObject("counts")
            .put("tables", result.counts().tables())
            .put("columns", result.counts().columns());
    for (Kind kind : Kind.values()) {
      counts.put(kind.id(), result.count(kind));
    }
    ArrayNode findings = document.putArray("findings");
    result.findings().forEach(finding -> findings.add(document(finding)));
    ArrayNode notCreated = document.putArray("notCreated");
    for (NotCreated each : result.notCreated()) {
      notCreated
          .addObject()
          .put("sourceLine", each.line())
          .put("object", each.object())
          .put("reason", each.reason());
    }
    return document.put("proposal", result.proposal().isEmpty() ? null : result.proposal());
  }

  private static ObjectNode document(CheckFinding finding) {
    TableName table = finding.table();
    return JsonOutput.document()
        .put("kind", finding.kind().id())
        .put("level", finding.kind().error() ? "error" : "warning")
        .put("line", finding.line() == 0 ? null : finding.line())
        .put("sourceLine", finding.sourceLine() == 0 ? null : finding.sourceLine())
        .put("table", table == null ? null : table.toString())
        .put("column", finding.column())
        .put("message", finding.message());
  }
}
