package dev.decant.detect.name;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The groups of words of {@code technical-names.txt}. */
enum TechnicalNames {
  TECHNICAL_TAIL,
  NEUTRAL_TAIL,
  TECHNICAL_HEAD,
  FILE_TAIL,
  TIMESTAMP,
  TIMESTAMP_TAIL,
  COUNTER,
  FLAG_HEAD,
  STATE,
  STATE_HEAD,
  TYPE_HEAD,
  SETTINGS,
  ROLE,
  PART,
  HEALTH_TABLE(TableNature.HEALTH),
  PAYROLL_TABLE(TableNature.PAYROLL),
  CARD_TABLE(TableNature.CARD),
  BANK_TABLE(TableNature.BANK),
  CREDENTIAL_TABLE(TableNature.CREDENTIAL),
  DEVICE_TABLE(TableNature.DEVICE),
  PERSON_TABLE(TableNature.PERSON),
  ADDRESS_TABLE(TableNature.ADDRESS),
  ORGANIZATION_TABLE(TableNature.ORGANIZATION),
  TEXT_TABLE(TableNature.TEXT),
  EVENT_TABLE(TableNature.EVENT),
  SETTING_TABLE(TableNature.SETTING),
  PERSON_PART,
  CATALOGUE_TABLE,
  CATALOGUE_TAIL,
  DOCUMENT_TABLE,
  THING,
  THING_TAIL,
  AMOUNT_OF_THING,
  ENDPOINT,
  MAPPING_TAIL,
  SYSTEM_DAY,
  SYSTEM_FLAG,
  PROPERTY_TABLE,
  WITHOUT_MEANING,
  VERSION_TABLE,
  TRUNCATED_TABLE;

  /** The groups of words that name the subject of a table, in the order of their precedence. */
  static final List<TechnicalNames> SUBJECTS =
      Arrays.stream(values()).filter(group -> group.nature != TableNature.OTHER).toList();

  private static final Map<String, Set<String>> GROUPS = groups();

  private final TableNature nature;

  TechnicalNames() {
    this(TableNature.OTHER);
  }

  TechnicalNames(TableNature nature) {
    this.nature = nature;
  }

  /** The subject of tables with such a name. */
  TableNature nature() {
    return nature;
  }

  Set<String> words() {
    return GROUPS.getOrDefault(name(), Set.of());
  }

  /** All words of all groups. */
  static Stream<String> allWords() {
    return GROUPS.values().stream().flatMap(Set::stream);
  }

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
    return words().contains(word);
  }
}
