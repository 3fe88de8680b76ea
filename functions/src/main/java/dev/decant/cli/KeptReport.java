package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.check.KeptColumn;
import dev.decant.check.KeptColumn.Sensitivity;
import dev.decant.progress.Quantity;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of the columns that a policy keeps. */
record KeptReport(List<KeptColumn> columns) {
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    if (!columns.isEmpty()) {
      TextTable table = new TextTable("COLUMN", "LOOKS", "TYPE", "KEPT", "WHY");
      for (KeptColumn each : columns) {
        table.row(
            name(each),
            label(each.sensitivity()),
            each.type(),
            each.sometimes() ? "in some rows" : "always",
            each.reason());
      }
      lines.addAll(table.lines(width));
      lines.add("");
    }
    lines.add(
        columns.size() == 1
            ? "1 column is kept."
            : Quantity.count(columns.size()) + " columns are kept.");
    return lines;
  }

  private static String name(KeptColumn column) {
    return column.table() + "." + TableName.quoted(column.column());
  }

  private static String label(Sensitivity sensitivity) {
    return switch (sensitivity) {
      case SPECIAL -> "special category";
      case PERSONAL -> "personal";
      case PERHAPS_PERSONAL -> "perhaps personal";
      case UNKNOWN -> "unknown";
      case HARMLESS -> "harmless";
    };
  }

  ObjectNode document() {
    ObjectNode document = JsonOutput.document();
    ArrayNode kept = document.putArray("kept");
    for (KeptColumn each : columns) {
      kept.addObject()
          .put("table", each.table().toString())
          .put("column", each.column())
          .put("type", each.type())
          .put("sometimes", each.sometimes())
          .put("sensitivity", each.sensitivity().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .put("reason", each.reason());
    }
    return document;
  }
}
