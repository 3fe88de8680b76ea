package dev.decant.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant: the nearest by Levenshtein's distance. */
final class Nearest {
  /** Names are shorter; this bounds the work for what is not a name at all. */
  private static final int MAX_LENGTH = 130;

  private Nearest() {}

  /** The nearest of the words, where one is near: a third of its letters may differ. */
  static Optional<String> to(String word, Collection<String> words) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return words.stream()
        .filter(w -> w.length() <= MAX_LENGTH)
        .map(w -> new Candidate(w, distance(lower, w.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance <= Math.max(1, Math.max(c.word.length(), word.length()) / 3))
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  /** {@code ; write X} for the nearest of the words, or all of them where none is near. */
  static String advice(String word, Collection<String> words) {
    return to(word, words)
        .map(w -> "; write " + w)
        .orElseGet(() -> words.size() > MAX_WORDS ? "" : "; write one of " + list(words));
  }

  private static String list(Collection<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  private record Candidate(String word, int distance) {}

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
