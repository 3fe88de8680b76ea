package dev.decant.detect.name;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The word that most columns of a table begin or end with, such as {@code adh} in {@code nom_adh},
 * {@code prenom_adh} and {@code ville_adh}. It names the table and not the content of a column.
 *
 * @param first the word that most names begin with, or null
 * @param last the word that most names end with, or null
 */
record TableTag(@Nullable String first, @Nullable String last) {
  /** The share of the columns that have a tag, and the smallest number of them. */
  private static final double MOST = 0.6;

  private static final int ENOUGH = 3;

  static TableTag of(List<List<String>> columns) {
    Map<String, Integer> first = new HashMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (List<String> words : columns) {
      if (words.size() > 1) {
        first.merge(words.getFirst(), 1, Integer::sum);
        last.merge(words.getLast(), 1, Integer::sum);
      }
    }
    return new TableTag(most(first, columns.size()), most(last, columns.size()));
  }

  private static @Nullable String most(Map<String, Integer> words, int columns) {
    return words.entrySet().stream()
        .filter(w -> w.getValue() >= ENOUGH && w.getValue() >= MOST * columns)
        .map(Map.Entry::getKey)
        .filter(w -> !TechnicalNames.TECHNICAL_TAIL.holds(w) && !TechnicalNames.FLAG_HEAD.holds(w))
        .findFirst()
        .orElse(null);
  }

  /** The words of a name without the tag. At least one word remains. */
  List<String> strip(List<String> words) {
    List<String> rest = words;
    if (rest.size() > 1 && rest.getFirst().equals(first)) {
      rest = rest.subList(1, rest.size());
    }
    if (rest.size() > 1 && rest.getLast().equals(last)) {
      rest = rest.subList(0, rest.size() - 1);
    }
    return rest;
  }
}
