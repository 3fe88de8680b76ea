package dev.decant.dump;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the person who runs decant should know about a dump that was accepted. */
final class DumpNotes {
  private record LeftOut(long line, long count) {}

  private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
  private final Set<String> sentences = new LinkedHashSet<>();
  private long replaced;

  /**
   * Counts a line or a statement that has no meaning for the rows and is not in the output.
   *
   * @param what names it without any text of the dump, in the plural
   */
  void leftOut(String what, long line) {
    leftOut.merge(what, new LeftOut(line, 1), (a, b) -> new LeftOut(a.line, a.count + 1));
  }

  /** Counts characters U+FFFD in rows. */
  void replaced(long characters) {
    replaced += characters;
  }

  /** Adds a sentence once. It contains no literal of the dump. */
  void add(String sentence) {
    sentences.add(sentence);
  }

  /** All sentences, in the order of the dump. */
  List<String> list() {
    List<String> list = new ArrayList<>(sentences);
    leftOut.forEach(
        (what, left) ->
            list.add(
                "The dump has "
                    + what
                    + ", which are left out: "
                    + left.count
                    + ", the first one at line "
                    + left.line
                    + "."));
    if (replaced > 0) {
      list.add(
          "The rows contain the character U+FFFD "
              + replaced
              + " times, which stands for text that a program could not decode. Check the encoding"
              + " with which the data was stored or the dump was copied.");
    }
    return list;
  }
}
