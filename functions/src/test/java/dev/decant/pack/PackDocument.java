package dev.decant.pack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of {@code docs/packs.md} that describes each pack. */
final class PackDocument {
  private final StringBuilder out = new StringBuilder();

  private PackDocument() {}

  static String markdown() {
    PackDocument document = new PackDocument();
    Packs.all().forEach(document::pack);
    return document.out.toString();
  }

  private void pack(Pack pack) {
    out.append("\n## ").append(pack.name()).append("\n\n").append(pack.title()).append(".\n");
    if (!pack.recognizedBy().isEmpty()) {
      out.append("\nRecognized by ")
          .append(
              pack.recognizedBy().stream()
                  .map(PackDocument::recognition)
                  .collect(Collectors.joining("; or by ")))
          .append(".\n");
    }
    if (!pack.tables().isEmpty()) {
      out.append("\n| table | rules |\n| --- | --- |\n");
      pack.tables().forEach(this::table);
    }
    if (!pack.settings().isEmpty()) {
      out.append(
          """

          The regular expressions below are compared with names as words in lower case, for example
          `smtp_password` for `smtpPassword`. These columns are blank:

          | column | table | rows | reason |
          | --- | --- | --- | --- |
          """);
      pack.settings().forEach(this::settings);
    }
    list("Sql steps, each one only if its tables and columns exist:", pack.sql());
    list(
        "Further assertions, whose queries must give no rows:",
        pack.assertions().stream().map(a -> a.name() + ": `" + a.sql() + "`").toList());
  }

  private static String recognition(Map<TablePattern, List<String>> tables) {
    return tables.entrySet().stream()
        .map(e -> code(e.getKey().toString()) + " with " + codes(e.getValue()))
        .sorted()
        .collect(Collectors.joining(" and "));
  }

  private void table(PackTable table) {
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    table
        .columns()
        .forEach(
            (column, rule) -> {
              String reason = rule.reason().substring(rule.reason().indexOf(": ") + 2);
              String group =
                  rule.yaml().equals("keep")
                      ? "kept (" + reason + ")"
                      : rule.blanks() ? "blank (" + reason + ")" : "masked";
              StringBuilder columns = groups.computeIfAbsent(group, g -> new StringBuilder());
              columns.append(columns.isEmpty() ? "" : ", ").append(code(column));
              if (group.equals("masked")) {
                columns.append(" ").append(cell(rule.yaml()));
              }
            });
    String rules =
        table.truncate() != null
            ? "truncated: " + table.truncate()
            : groups.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining("<br>"));
    String having = table.having().isEmpty() ? "" : " with " + codes(table.having());
    out.append("| ").append(code(table.pattern().toString())).append(having);
    out.append(" | ").append(rules).append(" |\n");
  }

  private void settings(SettingColumns settings) {
    SettingColumns.Names names = settings.names();
    String tables = settings.tables() == null ? "all" : cell(settings.tables().pattern());
    out.append("| ").append(cell(settings.columns().pattern())).append(" | ").append(tables);
    out.append(" | ");
    if (names != null) {
      out.append(cell(names.columns().pattern())).append(" contains ");
      out.append(cell(names.pattern())).append("; other rows are masked");
    } else {
      out.append("all");
    }
    out.append(" | ").append(settings.reason()).append(" |\n");
  }

  private void list(String head, List<String> items) {
    if (!items.isEmpty()) {
      out.append('\n').append(head).append("\n\n");
      items.forEach(
          item -> out.append("- ").append(item.contains("`") ? item : code(item)).append('\n'));
    }
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String codes(List<String> texts) {
    return texts.stream().map(PackDocument::code).collect(Collectors.joining(", "));
  }

  /** Code in the cell of a table, where a vertical bar needs a backslash. */
  private static String cell(String text) {
    return code(text.replace("|", "\\|"));
  }
}
