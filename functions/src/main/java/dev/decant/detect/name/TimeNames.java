package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Set;

/** The verdict on a date or time that no personal term names. */
final class TimeNames {
  /** An illness and a treatment have a beginning and an end. */
  private static final Set<String> PERIOD =
      Set.of("start", "begin", "end", "enddate", "stop", "onset", "beginn", "ende", "debut", "fin");

  private TimeNames() {}

  static Verdict verdict(TableContext table, List<String> words, TypeCategory type) {
    boolean bySystem = words.stream().anyMatch(TechnicalNames.SYSTEM_DAY::holds);
    if (!bySystem
        && type == TypeCategory.DATE
        && table.nature() == TableNature.PERSON
        && !table.document()) {
      return lifeEvent("a date in a table about persons");
    }
    if (!bySystem && isOfIdentityDocument(words)) {
      return lifeEvent("a date of an identity document");
    }
    Verdict health = new Verdict.Personal(Category.HEALTH, false, "a date in a table about health");
    if (!bySystem
        && table.nature() == TableNature.HEALTH
        && (type == TypeCategory.DATE || words.stream().anyMatch(PERIOD::contains))) {
      return health;
    }
    if (isOfSystem(words)) {
      return new Verdict.Harmless("a time that the system sets");
    }
    return table.nature() == TableNature.HEALTH
        ? health
        : new Verdict.Unknown("a date whose meaning the name does not show");
  }

  private static Verdict lifeEvent(String reason) {
    return new Verdict.Personal(Category.LIFE_EVENT, false, reason);
  }

  private static boolean isOfIdentityDocument(List<String> words) {
    return PersonalNames.STANDARD.in(words).stream()
        .anyMatch(m -> !m.term().weak() && m.term().category() == Category.NATIONAL_ID);
  }

  /** {@code created_at}, {@code last_update}, {@code date_joined}, {@code email_sent_at}. */
  private static boolean isOfSystem(List<String> words) {
    if (TechnicalNames.TIMESTAMP.holds(words)) {
      return true;
    }
    boolean tail = words.size() > 1 && TechnicalNames.TIMESTAMP_TAIL.holds(words.getLast());
    List<String> rest = tail ? words.subList(0, words.size() - 1) : words;
    for (int from = 0; from < rest.size(); from++) {
      if (TechnicalNames.TIMESTAMP.holds(rest.subList(from, rest.size()))) {
        return true;
      }
    }
    return words.getLast().equals("at");
  }
}
