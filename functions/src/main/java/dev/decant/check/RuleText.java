package dev.decant.check;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a rule out of a policy. Parameters stay as they are written. */
final class RuleText {
  private RuleText() {}

  /** The line, and the lines below it that belong to it because they are indented. */
  static List<String> of(String policy, int line) {
    List<String> all = policy.lines().toList();
    if (line < 1 || line > all.size()) {
      return List.of();
    }
    String first = all.get(line - 1);
    int indent = indent(first);
    boolean item = first.strip().startsWith("- ");
    List<String> lines = new ArrayList<>(List.of(first.strip()));
    for (String next : all.subList(line, all.size())) {
      boolean below = indent(next) > indent;
      boolean itemOf = !item && indent(next) == indent && next.strip().startsWith("- ");
      if (next.isBlank() || !(below || itemOf)) {
        break;
      }
      lines.add(next.substring(indent).stripTrailing());
    }
    return lines;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
