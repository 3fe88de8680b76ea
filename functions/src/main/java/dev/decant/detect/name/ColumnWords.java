package dev.decant.detect.name;

import java.util.List;
import java.util.Set;

/** Recognizes names of columns that are keys, numbers, states or settings. */
final class ColumnWords {
  /** First words of names that refer to another row. */
  private static final Set<String> REFERENCES = Set.of("id", "cod", "kod", "fk", "ref", "num");

  private static final Set<String> NUMBERED =
      Set.of("number", "num", "no", "nr", "id", "code", "numero", "nummer", "numer", "nro");

  private static final Set<String> NUMBER_OF = Set.of("num", "numero", "nr", "nro", "numer");

  private static final Set<String> KEYS = Set.of("id", "pid", "uid", "uuid", "guid", "fk");
  private static final Set<List<String>> CODES =
      Set.of(List.of("code"), List.of("ref"), List.of("reference"), List.of("number"));

  private ColumnWords() {}

  static boolean isTechnical(List<String> words) {
    String last = words.getLast();
    return TechnicalNames.TECHNICAL_TAIL.holds(last)
        || TechnicalNames.STATE.holds(words)
        || TechnicalNames.STATE.holds(last)
        || TechnicalNames.SETTINGS.holds(words)
        || TechnicalNames.SETTINGS.holds(last)
        || TechnicalNames.FLAG_HEAD.holds(words.getFirst())
        || TechnicalNames.SYSTEM_FLAG.holds(last)
        || isReference(words.getFirst())
        || TechnicalNames.TECHNICAL_HEAD.holds(words.getFirst());
  }

  /** A code of another row: {@code cod_agente}, {@code codagente}. */
  private static boolean isReference(String first) {
    return REFERENCES.contains(first) || (first.length() > 4 && first.startsWith("cod"));
  }

  /** {@code filing_status}, but not {@code status}, which is that of the row. */
  static boolean isStateOf(List<String> words) {
    return words.size() > 1 && TechnicalNames.STATE.holds(words.getLast());
  }

  /**
   * {@code badge_number}, {@code num_fidelite}, {@code other_id}; but not {@code organization_id}.
   */
  static boolean isNumber(TableContext table, List<String> words) {
    if (CODES.contains(words)) {
      return true;
    }
    if (table.textKeys() && words.getLast().equals("id")) {
      return false;
    }
    if (words.size() > 1 && NUMBER_OF.contains(words.getFirst())) {
      return !TechnicalNames.THING.holds(words.getLast());
    }
    List<String> rest = words.subList(0, words.size() - 1);
    return !rest.isEmpty()
        && !PersonWords.isNameOfThing(words)
        && NUMBERED.contains(words.getLast())
        && TechnicalNames.SUBJECTS.stream()
            .noneMatch(g -> g.holds(rest) || g.holds(rest.getLast()));
  }

  /** {@code patient_id}, {@code id_patient}, {@code sort_order}. */
  static boolean isKey(List<String> words) {
    return KEYS.contains(words.getLast())
        || isReference(words.getFirst())
        || TechnicalNames.COUNTER.holds(words)
        || TechnicalNames.SYSTEM_FLAG.holds(words);
  }
}
