package dev.decant.detect.name;

import java.util.List;
import java.util.Set;

/** Recognizes names of columns that hold the name of a person in a certain role. */
final class PersonWords {
  private static final Set<String> NAMES =
      Set.of(
          "name", "names", "naam", "nom", "nombre", "nome", "nazwa", "namn", "bezeichnung", "nm");
  private static final List<String> NAME_ENDS = List.of("name", "naam", "namn");

  /** Abbreviations of the parts of a name, after a word for a person: {@code holder_fn}. */
  private static final Set<String> PARTS = Set.of("fn", "ln", "fname", "lname", "surnm");

  private static final Set<String> BY = Set.of("by", "von", "par", "door", "av");
  private static final Set<String> SORTING = Set.of("order", "sort", "group", "divide", "multiply");

  private PersonWords() {}

  /** {@code name}, and words that end with it: {@code beratername}. */
  static boolean isName(String word) {
    return NAMES.contains(word) || NAME_ENDS.stream().anyMatch(word::endsWith);
  }

  static boolean isPerson(String word) {
    return TechnicalNames.ROLE.holds(word) || TechnicalNames.PERSON_TABLE.holds(word);
  }

  /** {@code approver_name}, {@code nombre_padre}, {@code author}, {@code attendees}. */
  static boolean isNameOfPerson(List<String> numbered) {
    List<String> words = withoutNumber(numbered);
    String last = words.getLast();
    boolean named = words.stream().anyMatch(PersonWords::isName);
    return TechnicalNames.ROLE.holds(words)
        || (words.size() > 1 && PARTS.contains(last) && isPerson(words.get(words.size() - 2)))
        || (named && !isNameOfThing(words) && words.stream().anyMatch(PersonWords::isNamedAfter))
        || (isRole(last) && words.size() <= 2)
        || (words.size() > 1 && BY.contains(last) && !SORTING.contains(words.getFirst()));
  }

  /** {@code tenant 1} is {@code tenant}. */
  private static List<String> withoutNumber(List<String> words) {
    boolean number = words.size() > 1 && Character.isDigit(words.getLast().charAt(0));
    return number ? words.subList(0, words.size() - 1) : words;
  }

  private static boolean isNamedAfter(String word) {
    return isPerson(word) || BY.contains(word);
  }

  private static boolean isRole(String word) {
    return TechnicalNames.ROLE.holds(word)
        || (word.endsWith("s") && TechnicalNames.ROLE.holds(word.substring(0, word.length() - 1)));
  }

  /** {@code plan_name}, {@code role_name}, {@code invoice_number}. */
  static boolean isNameOfThing(List<String> words) {
    return words.size() > 1
        && TechnicalNames.THING.holds(words.get(words.size() - 2))
        && (isName(words.getLast()) || TechnicalNames.THING_TAIL.holds(words.getLast()));
  }
}
