package dev.decant.detect;

import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses the content of a column with an unknown name by the subject of its table. For example, a
 * text with an unknown name in a table about patients is probably about somebody's health.
 */
final class NatureDetector {
  private static final Set<TypeCategory> TEXTS =
      EnumSet.of(
          TypeCategory.TEXT,
          TypeCategory.BYTEA,
          TypeCategory.JSON,
          TypeCategory.XML,
          TypeCategory.HSTORE);
  private static final Set<TypeCategory> NUMBERS =
      EnumSet.of(
          TypeCategory.SMALLINT,
          TypeCategory.INTEGER,
          TypeCategory.BIGINT,
          TypeCategory.NUMERIC,
          TypeCategory.FLOAT);

  private static final Set<TypeCategory> DATES =
      EnumSet.of(TypeCategory.DATE, TypeCategory.TIMESTAMP);

  private static final Set<String> VALUES =
      Set.of(
          "value",
          "values",
          "val",
          "v",
          "waarde",
          "valore",
          "wartosc",
          "varde",
          "data",
          "details",
          "cfg",
          "config",
          "configvalue",
          "wert",
          "valeur",
          "valor");

  /** First words of names that refer to another row. */
  private static final Set<String> REFERENCES = Set.of("id", "cod", "kod", "fk", "ref", "num");

  private static final Set<String> ENCRYPTED =
      Set.of("encrypted", "crypted", "enc", "hashed", "ciphered", "sealed");

  private static final Set<String> NUMBERED =
      Set.of("number", "num", "no", "nr", "id", "code", "numero", "nummer", "numer", "nro");

  private NatureDetector() {}

  /**
   * The possible content of a column in a table with this subject; empty if the subject shows
   * nothing.
   */
  static Optional<Verdict> verdict(
      TableNature nature, boolean ofPersons, List<String> words, TypeCategory type) {
    if (type == TypeCategory.TSVECTOR) {
      return of(Category.FREE_TEXT, "it holds words of other columns");
    }
    boolean text = TEXTS.contains(type);
    boolean number = NUMBERS.contains(type);
    String last = words.getLast();
    if (text && nature == TableNature.CREDENTIAL && words.equals(List.of("id"))) {
      return of(Category.SECRET, "the key of a table of tokens or sessions");
    }
    if (text && nature == TableNature.PERSON && isNumber(words)) {
      return of(Category.CUSTOMER_NUMBER, "a number in a table about persons");
    }
    if ((type == TypeCategory.TEXT || type == TypeCategory.BYTEA)
        && ENCRYPTED.contains(words.getFirst())) {
      return of(Category.SECRET, "somebody had a reason to encrypt it");
    }
    boolean ofBody = nature == TableNature.PAYROLL || nature == TableNature.HEALTH;
    boolean measure = text ? ofBody && isStateOf(words) : amount(nature, type);
    boolean technical = !measure && technical(words);
    if (technical) {
      return Optional.empty();
    }
    if (type == TypeCategory.JSON || type == TypeCategory.XML || type == TypeCategory.HSTORE) {
      return of(Category.DOCUMENT, "a document, which may hold anything");
    }
    return switch (nature) {
      case HEALTH ->
          text || number || DATES.contains(type)
              ? of(Category.HEALTH, "its table is about the health of persons")
              : Optional.empty();
      case PERSON -> ofPerson(type, text);
      case PAYROLL ->
          number || text ? of(Category.FINANCE, "its table is about salaries") : Optional.empty();
      case CARD ->
          text ? of(Category.CREDIT_CARD, "its table is about payment cards") : Optional.empty();
      case BANK ->
          text ? of(Category.BANK_ACCOUNT, "its table is about bank accounts") : Optional.empty();
      case CREDENTIAL ->
          text && VALUES.contains(last)
              ? of(Category.SECRET, "its table holds tokens or keys")
              : Optional.empty();
      case ADDRESS ->
          type == TypeCategory.TEXT
              ? of(Category.ADDRESS, "its table holds addresses")
              : Optional.empty();
      case TEXT ->
          text ? of(Category.FREE_TEXT, "its table holds what people wrote") : Optional.empty();
      case SETTING ->
          text && VALUES.contains(last)
              ? of(Category.SECRET, "settings may hold credentials")
              : Optional.empty();
      case EVENT ->
          text ? of(Category.FREE_TEXT, "a text about what somebody did") : Optional.empty();
      case PROPERTY ->
          text && (ofPersons || VALUES.contains(last))
              ? of(Category.FREE_TEXT, "a property that may be a person's")
              : Optional.empty();
      case ORGANIZATION, DEVICE, OTHER -> ofPersons(ofPersons, text);
    };
  }

  private static Optional<Verdict> ofPerson(TypeCategory type, boolean text) {
    if (type == TypeCategory.DATE) {
      return of(Category.LIFE_EVENT, "a date in a table about persons");
    }
    return text ? of(Category.FREE_TEXT, "a text in a table about persons") : Optional.empty();
  }

  private static Optional<Verdict> ofPersons(boolean ofPersons, boolean text) {
    return text && ofPersons
        ? of(Category.FREE_TEXT, "a text in a table that belongs to persons")
        : Optional.empty();
  }

  private static boolean technical(List<String> words) {
    String last = words.getLast();
    return TechnicalNames.TECHNICAL_TAIL.holds(last)
        || TechnicalNames.STATE.holds(words)
        || TechnicalNames.STATE.holds(last)
        || TechnicalNames.SETTINGS.holds(words)
        || TechnicalNames.SETTINGS.holds(last)
        || TechnicalNames.FLAG_HEAD.holds(words.getFirst())
        || isReference(words.getFirst())
        || TechnicalNames.TECHNICAL_HEAD.holds(words.getFirst());
  }

  /** A code of another row: {@code cod_agente}, {@code codagente}. */
  private static boolean isReference(String first) {
    return REFERENCES.contains(first) || (first.length() > 4 && first.startsWith("cod"));
  }

  /** {@code filing_status}, but not {@code status}, which is that of the row. */
  private static boolean isStateOf(List<String> words) {
    return words.size() > 1 && TechnicalNames.STATE.holds(words.getLast());
  }

  /** {@code badge_number}, {@code other_id}; but not {@code organization_id}. */
  private static boolean isNumber(List<String> words) {
    List<String> rest = words.subList(0, words.size() - 1);
    return !rest.isEmpty()
        && NUMBERED.contains(words.getLast())
        && TechnicalNames.SUBJECTS.stream()
            .noneMatch(g -> g.holds(rest) || g.holds(rest.getLast()));
  }

  /** Whether a number is an amount or a measure of a person, whatever its name. */
  static boolean amount(TableNature nature, TypeCategory type) {
    return (nature == TableNature.PAYROLL || nature == TableNature.HEALTH)
        && (type == TypeCategory.NUMERIC || type == TypeCategory.FLOAT);
  }

  private static Optional<Verdict> of(Category category, String reason) {
    return Optional.of(new Verdict.Personal(category, false, reason));
  }
}
