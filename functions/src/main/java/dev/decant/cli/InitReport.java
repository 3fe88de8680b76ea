package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.detect.ddl.DdlFinding;
import dev.decant.inspect.Inspected;
import dev.decant.inspect.NotCreated;
import dev.decant.policy.check.PolicyDraft;
import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code decant init} reports beside the policy. It has no value of a row.
 *
 * @param source as it was named
 * @param files the file that the policy is written to
 * @param before the policy before; empty if it is new
 */
record InitReport(
    String source, PolicyOutput files, String before, Inspected inspected, PolicyDraft draft) {

  /** One line for each reason why something could not be inspected, finding and problem. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    NotCreated.lines(inspected.notCreated())
        .forEach(objects -> warnings.add("not inspected: " + objects));
    for (DdlFinding finding : inspected.findings()) {
      warnings.add(
          (finding.line() > 0 ? "line " + finding.line() + ", " : "")
              + finding.object()
              + ": The DDL contains "
              + finding.what()
              + ".");
    }
    warnings.addAll(draft.problems());
    return warnings;
  }

  /** One or two sentences about the policy and the lines to review. */
  String summary() {
    if (files.updates() && !draft.changed()) {
      return files.update() + " has a rule for every column. Nothing was added.";
    }
    List<String> added = added();
    String what =
        files.updates()
            ? Quantity.counted(added.size(), "new line")
            : "rules for " + Quantity.counted(tables(), "table");
    return (files.file() == null ? "The policy has " : "Wrote " + files.file() + ", with ")
        + what
        + ". "
        + review(marked(added));
  }

  /**
   * The lines that are not in the policy before. A line that occurs once more is a new one, too.
   */
  private List<String> added() {
    Map<String, Integer> old = new HashMap<>();
    before.lines().forEach(line -> old.merge(line, 1, Integer::sum));
    return draft.yaml().lines().filter(line -> old.merge(line, -1, Integer::sum) < 0).toList();
  }

  private String review(long lines) {
    String added = files.updates() ? "new " : "";
    return lines == 0
        ? "No " + added + "line is marked # REVIEW. Read the policy nevertheless."
        : "Review the "
            + (lines == 1 ? "" : Quantity.count(lines) + " ")
            + added
            + (lines == 1 ? "line that is" : "lines that are")
            + " marked # REVIEW.";
  }

  private static long marked(List<String> lines) {
    return lines.stream().filter(line -> line.contains("# REVIEW")).count();
  }

  /** The number of tables that need an entry. Partitions have the rules of their table. */
  private long tables() {
    return inspected.schema().tables().stream().filter(t -> t.partitionOf() == null).count();
  }

  /** The report as JSON, with the policy itself if it is not written to a file. */
  ObjectNode document() {
    ObjectNode document =
        JsonOutput.document()
            .put("status", "proposed")
            .put("source", ServerUrl.isOne(source) ? "database" : source)
            .put("tables", tables())
            .put("changed", draft.changed())
            .put("review", marked(draft.yaml().lines().toList()));
    if (files.file() == null) {
      document.put("policy", draft.yaml());
    } else {
      document.put("file", files.file().toString());
    }
    ArrayNode ddl = document.putArray("ddl");
    inspected
        .findings()
        .forEach(f -> ddl.addObject().put("object", f.object()).put("contains", f.what()));
    ArrayNode notPublished = document.putArray("notPublished");
    inspected.ddl().unpublished().forEach(notPublished::add);
    ArrayNode notInspected = document.putArray("notInspected");
    inspected.notCreated().forEach(each -> notInspected.add(each.toString()));
    ArrayNode problems = document.putArray("problems");
    draft.problems().forEach(problems::add);
    return document;
  }
}
