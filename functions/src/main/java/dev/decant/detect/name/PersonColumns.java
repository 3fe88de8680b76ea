package dev.decant.detect.name;

import dev.decant.detect.Category;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognizes by the columns of a table whether its rows are about persons. */
final class PersonColumns {
  private static final Set<Category> ONLY_OF_PERSONS =
      EnumSet.of(
          Category.EMAIL,
          Category.PHONE,
          Category.FIRST_NAME,
          Category.LAST_NAME,
          Category.FULL_NAME,
          Category.BIRTH_DATE,
          Category.NATIONAL_ID,
          Category.PASSWORD,
          Category.GENDER,
          Category.MARITAL_STATUS,
          Category.SEX_LIFE);

  private static final Set<String> REFERENCE =
      Set.of("id", "uuid", "uid", "fk", "key", "pk", "no", "nr", "num", "number", "cod", "kod");

  /** {@code tenant_id} is that of the customer whose data the row is among. */
  private static final Set<String> OF_ACCOUNTS = Set.of("tenant", "tenants");

  private PersonColumns() {}

  /**
   * Whether the rows belong to persons: the name of the table has a word for persons, or a column
   * refers to a row of a table about persons, or only persons have such a column.
   */
  static boolean ofPersons(List<String> table, List<List<String>> columns) {
    return table.stream().anyMatch(PersonColumns::isPerson)
        || columns.stream().anyMatch(PersonColumns::refersToPerson)
        || !onlyOfPersons(columns).isEmpty();
  }

  static boolean isPerson(String word) {
    return TechnicalNames.PERSON_TABLE.holds(word) || TechnicalNames.PERSON_PART.holds(word);
  }

  /** {@code user_id}, {@code id_cliente}, {@code customer_uuid}. */
  private static boolean refersToPerson(List<String> words) {
    boolean last = REFERENCE.contains(words.getLast());
    boolean first = REFERENCE.contains(words.getFirst());
    if (words.size() < 2 || last == first) {
      return false;
    }
    List<String> rest = last ? words.subList(0, words.size() - 1) : words.subList(1, words.size());
    return !OF_ACCOUNTS.contains(rest.getLast())
        && (TechnicalNames.PERSON_TABLE.holds(rest)
            || rest.stream().anyMatch(PersonColumns::isPerson));
  }

  /** The number of columns whose names end with an unambiguous term of the category. */
  static long count(List<List<String>> columns, Category category) {
    return columns.stream()
        .filter(
            words ->
                PersonalNames.STANDARD.in(words).stream()
                    .anyMatch(
                        m ->
                            m.to() == words.size()
                                && !m.term().weak()
                                && m.term().category() == category))
        .count();
  }

  /** {@code patient_id}, {@code pid}. */
  static boolean refersToPatient(List<String> words) {
    return words.equals(List.of("pid"))
        || (refersToPerson(words) && words.stream().anyMatch(TechnicalNames.HEALTH_TABLE::holds));
  }

  /** The kinds of columns that only persons have. */
  static Set<Category> onlyOfPersons(List<List<String>> columns) {
    return columns.stream()
        .flatMap(
            words ->
                PersonalNames.STANDARD.in(words).stream()
                    .filter(m -> m.to() == words.size() && !m.term().weak()))
        .map(match -> match.term().category())
        .filter(ONLY_OF_PERSONS::contains)
        .collect(Collectors.toSet());
  }
}
