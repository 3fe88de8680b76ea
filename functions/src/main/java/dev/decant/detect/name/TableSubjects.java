package dev.decant.detect.name;

import dev.decant.detect.Category;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the subject of a table by its name, or else by the names of its columns. */
final class TableSubjects {
  /**
   * A table is about persons if it has at least this many columns of different kinds that only
   * persons have.
   */
  private static final int ENOUGH = 2;

  private static final Set<String> PROFILES = Set.of("profile", "profiles", "profil", "perfil");

  private TableSubjects() {}

  /**
   * Guesses the subject by the last meaningful word of the table's name, or by the columns if there
   * is no such word.
   */
  static TableNature nature(String table, List<List<String>> columns) {
    TableNature byName = byName(NameWords.of(table));
    return switch (byName) {
      case PERSON, HEALTH, ORGANIZATION, ADDRESS, CARD, BANK, CREDENTIAL, DEVICE, SETTING -> byName;
      // "salaries" are employees in French
      case PAYROLL ->
          PersonColumns.onlyOfPersons(columns).size() > ENOUGH
              ? TableNature.PERSON
              : TableNature.PAYROLL;
      case TEXT, EVENT, PROPERTY, OTHER -> byColumns(columns).orElse(byName);
    };
  }

  /**
   * The subject by the last words that are known. Romance languages put the noun first, and in the
   * plural: {@code usuarios_sistema}.
   */
  private static TableNature byName(List<String> words) {
    boolean properties = false;
    for (int to = words.size(); to > 0; to--) {
      for (int from = Math.max(0, to - 3); from < to; from++) {
        List<String> part = words.subList(from, to);
        TableNature known =
            part.size() > 1 ? ofWhole(String.join("", part)) : ofWord(part.getFirst());
        if (known != TableNature.OTHER && !isProfileOfThing(words, to)) {
          return known == TableNature.PERSON
                  && words.stream().anyMatch(TechnicalNames.HEALTH_TABLE::holds)
              ? TableNature.HEALTH
              : known;
        }
      }
      String word = words.get(to - 1);
      properties |= TechnicalNames.PROPERTY_TABLE.holds(word);
      if (!TechnicalNames.WITHOUT_MEANING.holds(word) && !Character.isDigit(word.charAt(0))) {
        break;
      }
    }
    TableNature first =
        words.getFirst().endsWith("s") ? ofWhole(words.getFirst()) : TableNature.OTHER;
    return first == TableNature.OTHER && properties ? TableNature.PROPERTY : first;
  }

  /** {@code device_profile}, but not {@code user_profile}. */
  private static boolean isProfileOfThing(List<String> words, int to) {
    return to > 1
        && PROFILES.contains(words.get(to - 1))
        && words.subList(0, to - 1).stream().noneMatch(PersonColumns::isPerson);
  }

  /** The subject by one word, or by the end of a word that joins several: {@code customernote}. */
  private static TableNature ofWord(String word) {
    for (int from = 0; from <= word.length() - (from == 0 ? 0 : 4); from++) {
      TableNature known = ofWhole(word.substring(from));
      if (known != TableNature.OTHER) {
        return known;
      }
    }
    return TableNature.OTHER;
  }

  private static TableNature ofWhole(String word) {
    for (TechnicalNames group : TechnicalNames.SUBJECTS) {
      if (group.holds(word)) {
        return group.nature();
      }
    }
    return TableNature.OTHER;
  }

  private static Optional<TableNature> byColumns(List<List<String>> columns) {
    if (PersonColumns.onlyOfPersons(columns).size() >= ENOUGH) {
      return Optional.of(TableNature.PERSON);
    }
    if (PersonColumns.count(columns, Category.SECRET) >= ENOUGH) {
      return Optional.of(TableNature.CREDENTIAL);
    }
    long findings = PersonColumns.count(columns, Category.HEALTH);
    boolean ofPatients = columns.stream().anyMatch(PersonColumns::refersToPatient);
    return findings >= ENOUGH || (ofPatients && findings > 0)
        ? Optional.of(TableNature.HEALTH)
        : Optional.empty();
  }

  /**
   * Whether the rows are kinds, states or articles: the last word of the name says so, and the
   * table has no column that only persons have.
   */
  static boolean isCatalogue(List<String> table, List<List<String>> columns) {
    int to = table.size();
    while (to > 1 && TechnicalNames.CATALOGUE_TAIL.holds(table.get(to - 1))) {
      to--;
    }
    return TechnicalNames.CATALOGUE_TABLE.holds(table.get(to - 1))
        && byName(table) != TableNature.PAYROLL
        && PersonColumns.onlyOfPersons(columns).isEmpty();
  }

  /** Whether the rows are orders, invoices and the like. */
  static boolean isBusinessDocument(List<String> table) {
    return table.stream()
        .anyMatch(
            word ->
                TechnicalNames.DOCUMENT_TABLE.holds(word)
                    || (word.endsWith("s")
                        && TechnicalNames.DOCUMENT_TABLE.holds(
                            word.substring(0, word.length() - 1))));
  }
}
