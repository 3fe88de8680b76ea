package dev.decant.yaml;

import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that a user probably meant. It is the nearest word by the Damerau-Levenshtein
 * distance, which counts two swapped letters as one mistake.
 */
public final class Nearest {
  /** Names are shorter. The limit bounds the work for texts that are not names. */
  private static final int MAX_LENGTH = 130;

  /** A longer list would not help the reader. */
  private static final int MAX_WORDS = 80;

  private Nearest() {}

  /** The nearest of the words, if there is one with at most a third of its letters changed. */
  public static Optional<String> to(String word, Collection<String> words) {
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

  /**
   * The end of a sentence and the advice after it: {@code . Write X.} for the nearest of the words,
   * or for all of them if none is near.
   */
  public static String advice(String word, Collection<String> words) {
    return to(word, words)
        .map(w -> ". Write " + w + ".")
        .orElseGet(
            () ->
                words.size() > MAX_WORDS
                    ? "."
                    : ". Write " + (words.size() == 1 ? "" : "one of ") + list(words) + ".");
  }

  /** The table that a user probably meant: a near name in that schema, or that name in another. */
  public static Optional<TableName> table(TableName word, Schema schema) {
    List<TableName> all = schema.tables().stream().map(Table::name).toList();
    List<String> names =
        all.stream().filter(t -> t.schema().equals(word.schema())).map(TableName::name).toList();
    Optional<TableName> near = to(word.name(), names).map(n -> new TableName(word.schema(), n));
    return near.isPresent()
        ? near
        : all.stream().filter(t -> t.name().equals(word.name())).findFirst();
  }

  private static String list(Collection<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  private record Candidate(String word, int distance) {}

  private static int distance(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        rows[i][j] =
            Math.min(rows[i - 1][j - 1] + change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length()][b.length()];
  }
}
