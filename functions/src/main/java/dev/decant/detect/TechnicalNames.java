package dev.decant.detect;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups of words of {@code technical-names.txt}. */
enum TechnicalNames {
  TECHNICAL_TAIL,
  NEUTRAL_TAIL,
  TIMESTAMP,
  TIMESTAMP_TAIL,
  COUNTER,
  FLAG_HEAD,
  STATE,
  PERSON_TABLE,
  ORGANIZATION_TABLE,
  TEXT_TABLE,
  ADDRESS_TABLE,
  VERSION_TABLE,
  TRUNCATED_TABLE;

  private static final Map<String, Set<String>> GROUPS = groups();

  private static Map<String, Set<String>> groups() {
    Map<String, Set<String>> groups = new HashMap<>();
    for (String line : TextResource.lines("technical-names.txt")) {
      int colon = line.indexOf(':');
      Set<String> words =
          groups.computeIfAbsent(line.substring(0, colon), group -> new HashSet<>());
      Arrays.stream(line.substring(colon + 1).strip().split(" +", -1))
          .map(word -> word.replace("_", ""))
          .forEach(words::add);
    }
    return groups;
  }

  /** Whether the words, joined, are one of the group. */
  boolean holds(List<String> words) {
    return holds(String.join("", words));
  }

  /** Whether the word is one of the group. */
  boolean holds(String word) {
    return GROUPS.getOrDefault(name(), Set.of()).contains(word);
  }
}
