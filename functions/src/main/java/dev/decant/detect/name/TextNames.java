package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Set;

/** The verdict on a text or a document that no personal term names. */
final class TextNames {
  private static final Set<String> TITLES =
      Set.of("title", "titel", "titre", "titulo", "titolo", "tytul", "description", "beschreibung");
  private static final Set<String> REFERENCES = Set.of("ref", "reference");
  private static final Set<String> OF_PROGRAMS =
      Set.of("tablename", "columnname", "fieldname", "classname", "schemaname", "modelname");
  private static final Set<String> CHECKSUMS =
      Set.of("checksum", "sha", "md", "md5", "etag", "crc");
  private static final Set<String> PARTS_OF_ADDRESS =
      Set.of("state", "region", "country", "county", "province");

  private TextNames() {}

  static Verdict verdict(TableContext table, List<String> words, TypeCategory type) {
    boolean text = type == TypeCategory.TEXT;
    if (text && !table.catalogue() && PersonWords.isNameOfPerson(words)) {
      return new Verdict.Personal(Category.FULL_NAME, false, "by its name: somebody's name");
    }
    if (text && isReferenceToPerson(words)) {
      return new Verdict.Personal(
          Category.CUSTOMER_NUMBER, false, "by its name: a person's number");
    }
    if (text && isChecksum(words)) {
      return new Verdict.Harmless("a checksum");
    }
    if (text && OF_PROGRAMS.contains(String.join("", words))) {
      return new Verdict.Harmless("a name of the schema or of the program");
    }
    if (PersonWords.isName(words.getLast())) {
      return name(table, words);
    }
    if (isVariantOfName(words)) {
      return name(table, words.subList(0, 1));
    }
    boolean partOfAddress = text && isPartOfAddress(table, words);
    if (text && !partOfAddress && isState(words) && !isOfBody(table, words)) {
      return new Verdict.Harmless("a state or a kind");
    }
    if (partOfAddress) {
      return new Verdict.Personal(Category.REGION, false, "by its name: part of an address");
    }
    return text
            && table.isAbout(TableNature.TEXT, TableNature.PERSON)
            && TITLES.contains(words.getLast())
        ? new Verdict.Personal(Category.FREE_TEXT, false, "text that a person may have written")
        : new Verdict.Unknown("neither its name nor its type shows what it holds");
  }

  /** {@code applicant_ref}. */
  private static boolean isReferenceToPerson(List<String> words) {
    return words.size() == 2
        && REFERENCES.contains(words.getLast())
        && TechnicalNames.PERSON_TABLE.holds(words.getFirst());
  }

  static boolean isChecksum(List<String> words) {
    String last = words.getLast();
    boolean bits = words.size() > 1 && Character.isDigit(last.charAt(0));
    return CHECKSUMS.contains(bits ? words.get(words.size() - 2) : last);
  }

  /** {@code name2}, {@code name_cached}. */
  private static boolean isVariantOfName(List<String> words) {
    return PersonWords.isName(words.getFirst())
        && words.stream()
            .skip(1)
            .allMatch(
                word ->
                    Character.isDigit(word.charAt(0)) || TechnicalNames.NEUTRAL_TAIL.holds(word));
  }

  private static boolean isState(List<String> words) {
    return TechnicalNames.STATE.holds(words)
        || TechnicalNames.STATE.holds(words.getLast())
        || TechnicalNames.STATE_HEAD.holds(words.getFirst());
  }

  private static boolean isOfBody(TableContext table, List<String> words) {
    return table.nature() == TableNature.HEALTH
        || (words.size() > 1 && table.nature() == TableNature.PAYROLL);
  }

  /** Words that mean a part of an address if the table has addresses or places of networks. */
  private static boolean isPartOfAddress(TableContext table, List<String> words) {
    boolean address = table.nature() == TableNature.ADDRESS || table.postal();
    return (address && (isPart(words) || words.getLast().equals("unit")))
        || (table.has(Category.IP)
            && (isPart(words)
                || (words.getLast().equals("code") && isPart(words.subList(0, words.size() - 1)))));
  }

  private static boolean isPart(List<String> words) {
    return PARTS_OF_ADDRESS.contains(String.join("", words));
  }

  /**
   * The verdict on a column that is only called {@code name}, which may be that of a person, an
   * organization, or a thing.
   */
  private static Verdict name(TableContext table, List<String> words) {
    boolean alone = words.size() == 1;
    if (alone
        && table.pairs()
        && !table.isAbout(TableNature.PERSON, TableNature.ORGANIZATION, TableNature.ADDRESS)) {
      return new Verdict.Harmless("the name of a property, whose value is in another column");
    }
    Verdict unknown = new Verdict.Unknown("a name, which may be a person's");
    if (table.catalogue() || PersonWords.isNameOfThing(words)) {
      return unknown;
    }
    return switch (table.nature()) {
      case ORGANIZATION, ADDRESS ->
          new Verdict.Personal(
              Category.COMPANY, alone, "by its name and its table: an organization's name");
      case PERSON, HEALTH -> nameOfPerson(alone);
      case TEXT, CARD, BANK -> alone ? nameOfPerson(false) : unknown;
      case CREDENTIAL, DEVICE, PAYROLL, EVENT, SETTING, PROPERTY, OTHER ->
          alone && (table.has(Category.EMAIL) || table.has(Category.PHONE))
              ? new Verdict.Personal(
                  Category.FULL_NAME, false, "a name beside an e-mail address or a phone number")
              : unknown;
    };
  }

  private static Verdict nameOfPerson(boolean sure) {
    return new Verdict.Personal(
        Category.FULL_NAME, sure, "by its name and its table: a person's name");
  }
}
