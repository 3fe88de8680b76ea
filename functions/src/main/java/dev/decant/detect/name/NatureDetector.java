package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
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
          "options",
          "cfg",
          "config",
          "configvalue",
          "wert",
          "valeur",
          "valor");

  private static final Set<String> ENCRYPTED =
      Set.of("encrypted", "crypted", "enc", "hashed", "ciphered", "sealed");

  private static final Set<TableNature> AMOUNTS =
      EnumSet.of(TableNature.PAYROLL, TableNature.HEALTH, TableNature.BANK);
  private static final List<String> ID = List.of("id");

  private NatureDetector() {}

  /**
   * The possible content of a column in a table with this subject; empty if the subject shows
   * nothing.
   */
  static Optional<Verdict> verdict(TableContext table, List<String> words, TypeCategory type) {
    if (type == TypeCategory.TSVECTOR) {
      return of(Category.FREE_TEXT, "it holds words of other columns");
    }
    TableNature nature = table.nature();
    boolean text = TEXTS.contains(type);
    Category subject = table.subjectCategory();
    if (subject != null) {
      return ColumnWords.isKey(words)
          ? Optional.empty()
          : of(subject, "its table is about " + subject.label());
    }
    if (text && isKeyOrSecret(nature, words)) {
      return of(Category.SECRET, "its table holds tokens, keys or settings");
    }
    if (text && nature == TableNature.PERSON && ColumnWords.isNumber(table, words)) {
      return of(Category.CUSTOMER_NUMBER, "a number in a table about persons");
    }
    if ((type == TypeCategory.TEXT || type == TypeCategory.BYTEA)
        && ENCRYPTED.contains(words.getFirst())) {
      return of(Category.SECRET, "somebody had a reason to encrypt it");
    }
    return isHarmless(table, words, type) ? Optional.empty() : bySubject(table, words, type);
  }

  /** The key of a session, and the value of a setting. */
  private static boolean isKeyOrSecret(TableNature nature, List<String> words) {
    return nature == TableNature.CREDENTIAL
        ? words.equals(ID) || VALUES.contains(words.getLast())
        : nature == TableNature.SETTING && VALUES.contains(words.getLast());
  }

  private static boolean isHarmless(TableContext table, List<String> words, TypeCategory type) {
    TableNature nature = table.nature();
    boolean ofBody = nature == TableNature.PAYROLL || nature == TableNature.HEALTH;
    boolean measure =
        TEXTS.contains(type) ? ofBody && ColumnWords.isStateOf(words) : amount(nature, type);
    return table.catalogue()
        || (!measure && ColumnWords.isTechnical(words))
        || (nature != TableNature.HEALTH && PersonWords.isNameOfThing(words));
  }

  private static Optional<Verdict> bySubject(
      TableContext table, List<String> words, TypeCategory type) {
    boolean text = TEXTS.contains(type);
    boolean number = NUMBERS.contains(type);
    if (type == TypeCategory.JSON || type == TypeCategory.XML || type == TypeCategory.HSTORE) {
      return of(Category.DOCUMENT, "a document, which may hold anything");
    }
    if (table.document()) {
      return Optional.empty();
    }
    return switch (table.nature()) {
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
          text
              ? of(Category.BANK_ACCOUNT, "its table is about bank accounts")
              : amountOf(table, type);
      case ADDRESS ->
          type == TypeCategory.TEXT
              ? of(Category.ADDRESS, "its table holds addresses")
              : Optional.empty();
      case TEXT ->
          text ? of(Category.FREE_TEXT, "its table holds what people wrote") : Optional.empty();
      case EVENT ->
          text && !PersonWords.isName(words.getLast())
              ? of(Category.FREE_TEXT, "a text about what somebody did")
              : Optional.empty();
      case PROPERTY ->
          text && (table.ofPersons() || VALUES.contains(words.getLast()))
              ? of(Category.FREE_TEXT, "a property that may be a person's")
              : Optional.empty();
      case ORGANIZATION, DEVICE, CREDENTIAL, SETTING, OTHER -> ofPersons(table.ofPersons(), text);
    };
  }

  private static Optional<Verdict> amountOf(TableContext table, TypeCategory type) {
    return amount(table.nature(), type)
        ? of(Category.FINANCE, "an amount in a table about bank accounts")
        : Optional.empty();
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

  /** Whether a number is an amount or a measure of a person, whatever its name. */
  static boolean amount(TableNature nature, TypeCategory type) {
    return AMOUNTS.contains(nature) && (type == TypeCategory.NUMERIC || type == TypeCategory.FLOAT);
  }

  private static Optional<Verdict> of(Category category, String reason) {
    return Optional.of(new Verdict.Personal(category, false, reason));
  }
}
