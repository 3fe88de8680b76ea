package dev.decant.detect.name;

import dev.decant.detect.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Abbreviations that several names of a table begin or end with, without a boundary: {@code lief}
 * in {@code LIEFNAME}, {@code LIEFSTR} and {@code LIEFORT}. If the rests of these names are known
 * terms, the abbreviation is cut off, so that the terms are found.
 *
 * @param first the beginnings
 * @param last the ends
 */
record GluedTags(Set<String> first, Set<String> last) {
  private static final int SHORTEST = 2;
  private static final int LONGEST = 6;

  /** So many names must have the same beginning, and their rests must mean so many things. */
  private static final int ENOUGH = 3;

  /** The categories of the terms that such names contain; terms of others are too short. */
  private static final Set<Category> PARTS =
      EnumSet.of(
          Category.FIRST_NAME,
          Category.LAST_NAME,
          Category.FULL_NAME,
          Category.COMPANY,
          Category.STREET,
          Category.CITY,
          Category.POSTCODE,
          Category.REGION,
          Category.ADDRESS,
          Category.PHONE,
          Category.EMAIL,
          Category.BIRTH_DATE,
          Category.IBAN,
          Category.VAT_ID);

  static GluedTags of(List<List<String>> columns) {
    List<String> names =
        columns.stream().filter(GluedTags::isOneWord).map(List::getFirst).distinct().toList();
    return new GluedTags(tags(names, true), tags(names, false));
  }

  /** {@code liefname}, and {@code rename 1}. */
  private static boolean isOneWord(List<String> words) {
    return words.stream().skip(1).allMatch(word -> Character.isDigit(word.charAt(0)));
  }

  private static Set<String> tags(List<String> names, boolean atStart) {
    Map<String, Set<Category>> meanings = new HashMap<>();
    for (String name : names) {
      for (int length = SHORTEST; length <= LONGEST && length <= name.length() - 2; length++) {
        int cut = atStart ? length : name.length() - length;
        String tag = atStart ? name.substring(0, cut) : name.substring(cut);
        meaning(atStart ? name.substring(cut) : name.substring(0, cut))
            .ifPresent(
                category ->
                    meanings
                        .computeIfAbsent(tag, _ -> EnumSet.noneOf(Category.class))
                        .add(category));
      }
    }
    return meanings.entrySet().stream()
        .filter(tag -> tag.getValue().size() >= ENOUGH)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Category> meaning(String rest) {
    return PersonWords.isName(rest)
        ? Optional.of(Category.FULL_NAME)
        : PersonalNames.STANDARD.in(List.of(rest)).stream()
            .map(match -> match.term().category())
            .filter(PARTS::contains)
            .findFirst();
  }

  /** The words of a name without a boundary, if it contains a tag and no term by itself. */
  List<String> split(List<String> words) {
    if ((first.isEmpty() && last.isEmpty())
        || !isOneWord(words)
        || !PersonalNames.STANDARD.in(words).isEmpty()) {
      return words;
    }
    String word = words.getFirst();
    String start = longest(first, word::startsWith);
    String end = longest(last, word::endsWith);
    int cut = start != null ? start.length() : end != null ? word.length() - end.length() : 0;
    if (cut <= 0 || cut >= word.length()) {
      return words;
    }
    String rest = start != null ? word.substring(cut) : word.substring(0, cut);
    if (meaning(rest).isEmpty()) {
      return words;
    }
    List<String> parts = new ArrayList<>(List.of(Objects.requireNonNullElse(start, end), rest));
    parts.addAll(words.subList(1, words.size()));
    return parts;
  }

  private static @Nullable String longest(Set<String> tags, Predicate<String> fits) {
    return tags.stream().filter(fits).max(Comparator.comparingInt(String::length)).orElse(null);
  }
}
