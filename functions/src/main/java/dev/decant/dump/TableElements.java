package dev.decant.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The columns and constraints in the parentheses of a CREATE TABLE. */
final class TableElements {
  /** One of them: its first and its last token. */
  record Element(int first, int last) {}

  private TableElements() {}

  /** The elements after the name of the table, or none for a partition and a table of a type. */
  static List<Element> of(StatementTokens tokens, int afterName) {
    List<Element> elements = new ArrayList<>();
    int open = afterName;
    while (open < tokens.count() && !tokens.isSymbol(open, '(')) {
      open++;
    }
    if (open == tokens.count()) {
      return elements;
    }
    int close = tokens.closing(open);
    int first = open + 1;
    for (int i = first; i <= close; i++) {
      if (i == close || (tokens.depth(i) == tokens.depth(first) && tokens.isSymbol(i, ','))) {
        elements.add(new Element(first, i - 1));
        first = i + 1;
      }
    }
    return elements;
  }

  /** Cuts some elements with one of the commas beside them. */
  static void cut(List<Element> elements, Predicate<Element> gone, TextCuts cuts) {
    boolean kept = false;
    for (Element element : elements) {
      boolean last = element.equals(elements.getLast());
      if (!gone.test(element)) {
        kept = true;
      } else if (kept) {
        cuts.cut(element.first - 1, element.last);
      } else {
        cuts.cut(element.first, last ? element.last : element.last + 1);
      }
    }
  }
}
