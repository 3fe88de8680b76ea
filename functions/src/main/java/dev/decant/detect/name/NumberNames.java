package dev.decant.detect.name;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The verdict on a number or a flag that no personal term names. */
final class NumberNames {
  private static final Set<TypeCategory> WHOLE_NUMBERS =
      EnumSet.of(TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT);
  private static final Set<TypeCategory> FRACTIONS =
      EnumSet.of(TypeCategory.NUMERIC, TypeCategory.FLOAT);
  private static final Set<String> OF_THING = Set.of("price", "preis", "prezzo", "prix", "cost");
  private static final Set<String> OF_KEYS = Set.of("id", "seq");
  private static final List<String> POSITION = List.of("position");
  private static final Set<String> PARTS_OF_DAY = Set.of("day", "month", "year");
  private static final Set<String> NUMBER_OF = Set.of("num", "numero", "nr", "nro");
  private static final Set<String> FINDINGS =
      Set.of("value", "result", "positive", "negative", "abnormal", "normal", "finding");

  private NumberNames() {}

  static Verdict number(TableContext table, List<String> words, TypeCategory type) {
    if (NatureDetector.amount(table.nature(), type)) {
      return new Verdict.Unknown("an amount in a table about salaries, bank accounts or health");
    }
    if (table.birthdays() && PARTS_OF_DAY.contains(words.getLast())) {
      return new Verdict.Personal(Category.BIRTH_DATE, false, "a part of a day of a person");
    }
    if (NUMBER_OF.contains(words.getFirst())
        && table.nature() == TableNature.PERSON
        && !table.document()
        && !words.getLast().endsWith("s")) {
      return new Verdict.Personal(
          Category.CUSTOMER_NUMBER, false, "a number in a table about persons");
    }
    if (table.nature() == TableNature.HEALTH && words.equals(POSITION)) {
      return new Verdict.Unknown("a position, which may be that of a body");
    }
    if (TechnicalNames.COUNTER.holds(words)
        || TechnicalNames.COUNTER.holds(words.getLast())
        || TechnicalNames.COUNTER.holds(words.getFirst())) {
      return new Verdict.Harmless("a counter or a measure of the system");
    }
    if (WHOLE_NUMBERS.contains(type)
        && (TechnicalNames.STATE.holds(words) || TechnicalNames.STATE.holds(words.getLast()))) {
      return new Verdict.Harmless("a state or a kind");
    }
    if (table.nature() == TableNature.PERSON
        && !table.document()
        && FRACTIONS.contains(type)
        && words.stream().noneMatch(NumberNames::isOfThing)
        && !ColumnWords.isKey(words)) {
      return new Verdict.Personal(Category.FINANCE, false, "an amount in a table about persons");
    }
    return type == TypeCategory.SMALLINT && TechnicalNames.FLAG_HEAD.holds(words.getFirst())
        ? new Verdict.Harmless("a flag")
        : new Verdict.Unknown("a number whose meaning the name does not show");
  }

  /** {@code prezzo_km_unitario}, {@code lastcost}, {@code idpes}, {@code seqno}. */
  private static boolean isOfThing(String word) {
    return TechnicalNames.AMOUNT_OF_THING.holds(word)
        || OF_THING.stream().anyMatch(word::contains)
        || OF_KEYS.stream().anyMatch(word::startsWith);
  }

  static Verdict flag(TableContext table, List<String> words) {
    boolean finding =
        !TechnicalNames.SYSTEM_FLAG.holds(words.getLast())
            || words.stream().anyMatch(FINDINGS::contains);
    return table.nature() == TableNature.HEALTH && finding
        ? new Verdict.Personal(Category.HEALTH, false, "a finding in a table about health")
        : new Verdict.Harmless("a flag");
  }
}
