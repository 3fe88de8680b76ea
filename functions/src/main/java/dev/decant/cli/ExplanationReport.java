package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.check.Explanation;
import dev.decant.check.Explanation.Case;
import dev.decant.check.Explanation.Example;
import dev.decant.error.Printable;
import dev.decant.mask.Disclosure;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of one rule.
 *
 * @param throwAway whether the key was made for the examples only
 */
record ExplanationReport(Explanation explanation, String policy, boolean throwAway) {
  /**
   * The explanation for people. Sentences and tables fit the width; the rule is shown as it is in
   * the policy.
   *
   * @param columns the width of the terminal, or 0 if nothing is wrapped
   */
  List<String> lines(int columns) {
    List<String> lines = new ArrayList<>();
    String type = explanation.type();
    lines.add(
        explanation.table()
            + "."
            + TableName.quoted(explanation.column())
            + (type == null ? "" : ", " + type));
    lines.add("");
    add(lines, columns, "", explanation.why());
    if (explanation.line() > 0) {
      add(lines, columns, "", "The rule is at " + policy + ":" + explanation.line() + ":");
      explanation.yaml().forEach(line -> lines.add("    " + Printable.line(line)));
    }
    int number = 1;
    for (Case each : explanation.cases()) {
      lines.add("");
      String which =
          explanation.cases().size() == 1
              ? "Mask "
              : "Case "
                  + number
                  + (each.conditional() ? ", if its condition holds: " : ", otherwise: ");
      add(lines, columns, "", which + each.mask());
      Disclosure disclosure = each.disclosure();
      if (disclosure != null) {
        add(lines, columns, "  ", "It hides: " + disclosure.hides());
        add(lines, columns, "  ", "It lets through: " + disclosure.letsThrough());
      }
      examples(each, lines, columns);
      number++;
    }
    boolean examples = explanation.cases().stream().anyMatch(c -> !c.examples().isEmpty());
    if (examples && throwAway) {
      lines.add("");
      add(
          lines,
          columns,
          "",
          "The values are made up. No masking key was given, so decant used a temporary key for"
              + " these examples. Your key gives other masked values.");
    }
    if (type == null && examples) {
      add(lines, columns, "", "To see values of the column's type, add a SOURCE.");
    }
    return lines;
  }

  /** Adds sentences, wrapped to the width, with spaces before each line. */
  private static void add(List<String> lines, int columns, String indent, String text) {
    if (columns == 0) {
      lines.add(indent + text);
      return;
    }
    TextTable.split(text, columns - indent.length()).forEach(part -> lines.add(indent + part));
  }

  private static void examples(Case each, List<String> lines, int columns) {
    if (each.examples().isEmpty()) {
      return;
    }
    TextTable table = new TextTable("  MADE-UP VALUE", "MASKED");
    for (Example example : each.examples()) {
      table.row("  " + example.value(), shown(example.masked()));
    }
    lines.addAll(table.lines(columns));
  }

  private static String shown(@Nullable String masked) {
    return masked == null ? "NULL" : masked.isEmpty() ? "(an empty text)" : masked;
  }

  ObjectNode document() {
    ObjectNode document =
        JsonOutput.document()
            .put("table", explanation.table().toString())
            .put("column", explanation.column())
            .put("type", explanation.type())
            .put("policy", policy)
            .put("line", explanation.line() == 0 ? null : explanation.line())
            .put("why", explanation.why())
            .put("yaml", String.join("\n", explanation.yaml()))
            .put("throwAwayKey", throwAway);
    ArrayNode cases = document.putArray("cases");
    for (Case each : explanation.cases()) {
      ObjectNode one =
          cases.addObject().put("mask", each.mask()).put("conditional", each.conditional());
      Disclosure disclosure = each.disclosure();
      if (disclosure != null) {
        one.put("hides", disclosure.hides()).put("letsThrough", disclosure.letsThrough());
      }
      ArrayNode examples = one.putArray("examples");
      each.examples()
          .forEach(e -> examples.addObject().put("value", e.value()).put("masked", e.masked()));
    }
    return document;
  }
}
