package dev.decant.detect;

import java.util.List;
import java.util.Set;

/** The subject of the rows of a table, according to the names of the table and its columns. */
enum TableNature {
  PERSON,
  ORGANIZATION,
  ADDRESS,
  TEXT,
  OTHER;

  /**
   * A table is about persons if it has at least this many columns of different kinds that only
   * persons have.
   */
  private static final int ENOUGH = 2;

  private static final Set<Category> ONLY_OF_PERSONS =
      Set.of(
          Category.EMAIL,
          Category.PHONE,
          Category.FIRST_NAME,
          Category.LAST_NAME,
          Category.FULL_NAME,
          Category.BIRTH_DATE,
          Category.NATIONAL_ID,
          Category.PASSWORD,
          Category.SEX_LIFE);

  /**
   * Last words of table names that say nothing about the rows: {@code users_old}, {@code
   * customer_data}.
   */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "old",
          "new",
          "bak",
          "backup",
          "copy",
          "archive",
          "archived",
          "history",
          "hist",
          "data",
          "info",
          "infos",
          "detail",
          "details",
          "record",
          "records",
          "master",
          "table",
          "tbl",
          "entity",
          "list",
          "staging",
          "import",
          "tmp",
          "temp",
          "deleted",
          "audit",
          "version",
          "versions",
          "extra",
          "extended",
          "ext",
          "base",
          "main");

  /**
   * Guesses the subject by the last meaningful word of the table's name, or by the columns if there
   * is no such word.
   */
  static TableNature of(String table, List<String> columns) {
    String word = lastWord(NameWords.of(table));
    if (TechnicalNames.PERSON_TABLE.holds(word)) {
      return PERSON;
    }
    if (TechnicalNames.ADDRESS_TABLE.holds(word)) {
      return ADDRESS;
    }
    if (TechnicalNames.ORGANIZATION_TABLE.holds(word)) {
      return ORGANIZATION;
    }
    if (byColumns(columns)) {
      return PERSON;
    }
    return TechnicalNames.TEXT_TABLE.holds(word) ? TEXT : OTHER;
  }

  private static String lastWord(List<String> words) {
    for (String word : words.reversed()) {
      if (!WITHOUT_MEANING.contains(word) && !Character.isDigit(word.charAt(0))) {
        return word;
      }
    }
    return "";
  }

  private static boolean byColumns(List<String> columns) {
    return columns.stream()
            .map(NameWords::of)
            .flatMap(
                words ->
                    PersonalNames.STANDARD.in(words).stream()
                        .filter(m -> m.to() == words.size() && !m.term().weak()))
            .map(match -> match.term().category())
            .filter(ONLY_OF_PERSONS::contains)
            .distinct()
            .count()
        >= ENOUGH;
  }
}
