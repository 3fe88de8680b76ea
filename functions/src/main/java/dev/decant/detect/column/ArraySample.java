package dev.decant.detect.column;

import java.util.ArrayList;
import java.util.List;

/** Reads the text form of PostgreSQL's arrays: {@code {a,"b c",NULL}}, of any dimension. */
final class ArraySample {
  private static final int ELEMENTS = 50;

  private ArraySample() {}

  /** The first elements that are not NULL; empty if the text is not an array. */
  static List<String> elements(String text) {
    int open = text.charAt(0) == '[' ? text.indexOf("={") + 1 : 0;
    if (text.charAt(open) != '{' || text.charAt(text.length() - 1) != '}') {
      return List.of();
    }
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    boolean inQuotes = false;
    for (int i = open; i < text.length() && elements.size() < ELEMENTS; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        element.append(text.charAt(++i));
      } else if (c == '"') {
        inQuotes = !inQuotes;
        quoted = true;
      } else if (inQuotes || (c != '{' && c != '}' && c != ',')) {
        element.append(c);
      } else {
        if (quoted || (!element.isEmpty() && !element.toString().equals("NULL"))) {
          elements.add(element.toString());
        }
        element.setLength(0);
        quoted = false;
      }
    }
    return elements;
  }
}
