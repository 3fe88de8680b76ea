package dev.decant.detect;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The subject of the rows of a table, according to the names of the table and its columns. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are not changed
enum TableNature {
  /** Persons, and the data of the application about them. */
  PERSON(EnumSet.complementOf(EnumSet.of(Category.CREDIT_CARD, Category.SECRET, Category.DEVICE))),
  /** Patients, with findings, treatments and prescriptions. */
  HEALTH(EnumSet.complementOf(EnumSet.of(Category.CREDIT_CARD, Category.SECRET, Category.DEVICE))),
  ORGANIZATION(
      EnumSet.of(
          Category.STREET,
          Category.CITY,
          Category.POSTCODE,
          Category.REGION,
          Category.ADDRESS,
          Category.COMPANY,
          Category.VAT_ID,
          Category.JOB,
          Category.BANK_ACCOUNT,
          Category.FULL_NAME,
          Category.URL,
          Category.PHONE)),
  ADDRESS(
      EnumSet.of(
          Category.STREET,
          Category.CITY,
          Category.POSTCODE,
          Category.REGION,
          Category.ADDRESS,
          Category.COMPANY,
          Category.FULL_NAME,
          Category.PHONE)),
  /** Salaries. */
  PAYROLL(EnumSet.of(Category.FINANCE, Category.BANK_ACCOUNT, Category.JOB)),
  /** Payment cards. */
  CARD(EnumSet.of(Category.CREDIT_CARD, Category.FULL_NAME, Category.SECRET)),
  /** Bank accounts. */
  BANK(EnumSet.of(Category.BANK_ACCOUNT, Category.FINANCE, Category.FULL_NAME, Category.COMPANY)),
  /** Tokens, keys and sessions. */
  CREDENTIAL(
      EnumSet.of(
          Category.SECRET,
          Category.USERNAME,
          Category.CUSTOMER_NUMBER,
          Category.PASSWORD,
          Category.IP)),
  /** Devices of persons. */
  DEVICE(EnumSet.of(Category.DEVICE, Category.SECRET, Category.IP)),
  /** Texts that people wrote to each other or to everybody. */
  TEXT(
      EnumSet.of(
          Category.FREE_TEXT,
          Category.DOCUMENT,
          Category.EMAIL,
          Category.FULL_NAME,
          Category.USERNAME,
          Category.IP,
          Category.URL)),
  /** Events: logs, audits, changes, requests. */
  EVENT(
      EnumSet.of(
          Category.FREE_TEXT,
          Category.DOCUMENT,
          Category.EMAIL,
          Category.USERNAME,
          Category.IP,
          Category.URL,
          Category.CUSTOMER_NUMBER,
          Category.CITY)),
  /** Names of settings and their values. */
  SETTING(EnumSet.of(Category.USERNAME)),
  /** Further properties of other rows, as names and values. */
  PROPERTY(EnumSet.of(Category.FREE_TEXT, Category.DOCUMENT)),
  OTHER(EnumSet.noneOf(Category.class));

  /**
   * A table is about persons if it has at least this many columns of different kinds that only
   * persons have.
   */
  private static final int ENOUGH = 2;

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
          Category.SEX_LIFE);

  private static final Set<String> PROFILES = Set.of("profile", "profiles", "profil", "perfil");

  private static final Set<String> REFERENCE =
      Set.of("id", "uuid", "uid", "fk", "key", "pk", "no", "nr", "num", "number", "cod", "kod");

  private final Set<Category> ambiguous;

  TableNature(Set<Category> ambiguous) {
    this.ambiguous = ambiguous;
  }

  /** Whether an ambiguous term has the meaning of this category in such a table. */
  boolean decides(Category category) {
    return ambiguous.contains(category);
  }

  /**
   * Guesses the subject by the last meaningful word of the table's name, or by the columns if there
   * is no such word.
   */
  static TableNature of(String table, List<String> columns) {
    TableNature byName = byName(NameWords.of(table));
    return switch (byName) {
      case PERSON,
          HEALTH,
          ORGANIZATION,
          ADDRESS,
          PAYROLL,
          CARD,
          BANK,
          CREDENTIAL,
          DEVICE,
          SETTING ->
          byName;
      case TEXT, EVENT, PROPERTY, OTHER -> byColumns(columns) ? PERSON : byName;
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
        if (known != OTHER && !isProfileOfThing(words, to)) {
          return known == PERSON && words.stream().anyMatch(TechnicalNames.HEALTH_TABLE::holds)
              ? HEALTH
              : known;
        }
      }
      String word = words.get(to - 1);
      properties |= TechnicalNames.PROPERTY_TABLE.holds(word);
      if (!TechnicalNames.WITHOUT_MEANING.holds(word) && !Character.isDigit(word.charAt(0))) {
        break;
      }
    }
    TableNature first = words.getFirst().endsWith("s") ? ofWhole(words.getFirst()) : OTHER;
    return first == OTHER && properties ? PROPERTY : first;
  }

  /** {@code device_profile}, but not {@code user_profile}. */
  private static boolean isProfileOfThing(List<String> words, int to) {
    return to > 1
        && PROFILES.contains(words.get(to - 1))
        && words.subList(0, to - 1).stream().noneMatch(TableNature::isPerson);
  }

  /** The subject by one word, or by the end of a word that joins several: {@code customernote}. */
  private static TableNature ofWord(String word) {
    for (int from = 0; from <= word.length() - (from == 0 ? 0 : 4); from++) {
      TableNature known = ofWhole(word.substring(from));
      if (known != OTHER) {
        return known;
      }
    }
    return OTHER;
  }

  private static TableNature ofWhole(String word) {
    for (TechnicalNames group : TechnicalNames.SUBJECTS) {
      if (group.holds(word)) {
        return group.nature();
      }
    }
    return OTHER;
  }

  /**
   * Whether the rows belong to persons: the name of the table has a word for persons, or a column
   * refers to a row of a table about persons, or only persons have such a column.
   */
  static boolean ofPersons(List<String> table, List<List<String>> columns) {
    return table.stream().anyMatch(TableNature::isPerson)
        || columns.stream().anyMatch(TableNature::refersToPerson)
        || !onlyOfPersons(columns).isEmpty();
  }

  private static boolean isPerson(String word) {
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
    return TechnicalNames.PERSON_TABLE.holds(rest) || rest.stream().anyMatch(TableNature::isPerson);
  }

  private static boolean byColumns(List<String> columns) {
    return onlyOfPersons(columns.stream().map(NameWords::of).toList()).size() >= ENOUGH;
  }

  /** The kinds of columns that only persons have. */
  private static Set<Category> onlyOfPersons(List<List<String>> columns) {
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
