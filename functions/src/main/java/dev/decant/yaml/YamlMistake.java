package dev.decant.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Replaces messages of the YAML parser by plain words with a remedy. */
final class YamlMistake {
  /** Plain words by a part of the parser's message, in the order in which they are tried. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("TAB", "there is a tab. Indent with spaces.");
    WORDS.put(
        "mapping values are not allowed",
        "a key is not allowed at this place. Check the indentation of this line and of the line"
            + " above, and quote a text that contains ': '.");
    WORDS.put(
        "<block end>",
        "the indentation of this line does not match the lines above. Begin all keys of a map, and"
            + " all items of a list, in the same column.");
    WORDS.put(
        "expected ',' or",
        "a list in [ ] or a map in { } has a mistake before this place. Check its commas, its"
            + " quotes and its closing bracket.");
    WORDS.put("could not find expected ':'", "a key has no colon. Write KEY: VALUE.");
    WORDS.put("unexpected end of stream", "a quote or a bracket is not closed. Close it.");
    WORDS.put(
        "undefined alias",
        "an alias (*name) has no anchor (&name). Define the anchor, or quote the *.");
    WORDS.put(
        "cannot start any token",
        "a text begins with a character that has a meaning in YAML. Put quotes around it.");
  }

  private YamlMistake() {}

  /** The plain words for a message, or the message itself if it is rare. */
  static String words(String problem) {
    return WORDS.entrySet().stream()
        .filter(known -> problem.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> YamlFile.printable(problem) + ".");
  }
}
