package dev.decant.detect.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Splits words that are written without a boundary, as unquoted camel case is in PostgreSQL: {@code
 * lastnamephonetic} is {@code last name phonetic}. A word that cannot be split into known words as
 * a whole stays as it is.
 */
final class WordSplitter {
  private static final int SHORTEST = 6;

  /**
   * Words of other groups must have at least this length, because shorter ones would split names by
   * chance.
   */
  private static final int SHORTEST_PART = 5;

  private static final Set<String> WORDS =
      Stream.concat(
              TechnicalNames.PART.words().stream(),
              Stream.concat(TechnicalNames.allWords(), PersonalNames.STANDARD.words())
                  .filter(word -> word.length() >= SHORTEST_PART))
          .collect(Collectors.toUnmodifiableSet());

  private WordSplitter() {}

  /** The parts of a word, or the word itself. */
  static List<String> split(String word) {
    if (word.length() < SHORTEST || WORDS.contains(word)) {
      return List.of(word);
    }
    List<List<String>> best = new ArrayList<>();
    best.add(List.of());
    for (int to = 1; to <= word.length(); to++) {
      List<String> shortest = null;
      for (int from = 0; from < to; from++) {
        List<String> before = best.get(from);
        boolean known = !before.isEmpty() || from == 0;
        String part = word.substring(from, to);
        if (known && WORDS.contains(part)) {
          if (shortest == null || before.size() + 1 < shortest.size()) {
            shortest = new ArrayList<>(before);
            shortest.add(part);
          }
        }
      }
      best.add(shortest == null ? List.of() : shortest);
    }
    List<String> parts = best.getLast();
    return parts.isEmpty() ? List.of(word) : parts;
  }
}
