package dev.decant.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Replaces messages of the YAML parser by plain words with a remedy. */
final class YamlMistake {
  /** Plain words by a part of the parser's message, in the order in which they are tried. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("TAB", "there is a tab; indent with spaces");
    WORDS.put(
        "mapping values are not allowed",
        "a key stands where none can; check the indentation of this line and of the one above, and"
            + " quote a text that has ': ' in it");
    WORDS.put(
        "<block end>",
        "this line does not fit the indentation above it; begin the keys of one map, and the items"
            + " of one list, in the same column");
    WORDS.put(
        "expected ',' or",
        "a list in [ ] or a map in { } goes wrong before this; check its commas, quotes and the"
            + " bracket at its end");
    WORDS.put("could not find expected ':'", "there is a key without a colon; write KEY: VALUE");
    WORDS.put("unexpected end of stream", "a quote or a bracket is not closed; close it");
    WORDS.put(
        "undefined alias", "an alias (*name) has no anchor (&name); define it, or quote the *");
    WORDS.put(
        "cannot start any token",
        "a text begins with a character that has a meaning in YAML; put quotes around it");
  }

  private YamlMistake() {}

  /** The plain words for a message, or the message itself if it is rare. */
  static String words(String problem) {
    return WORDS.entrySet().stream()
        .filter(known -> problem.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> YamlFile.printable(problem));
  }
}
