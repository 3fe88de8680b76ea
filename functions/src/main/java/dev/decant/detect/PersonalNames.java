package dev.decant.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The terms of {@code personal-names.txt}, for which names of columns are searched. An instance is
 * immutable, so any number of threads may use it.
 */
final class PersonalNames {
  /**
   * A term that was found.
   *
   * @param language as the file states it, {@code de} for instance
   * @param weak whether the term counts only in a table about persons
   */
  record Term(Category category, String language, boolean weak) {}

  /**
   * The position of terms in a name.
   *
   * @param from the first word of the term
   * @param to the word after its last one
   */
  record Match(Term term, int from, int to) {}

  static final PersonalNames STANDARD = new PersonalNames(TextResource.lines("personal-names.txt"));

  private final Map<String, List<Term>> whole = new HashMap<>();
  private final Map<String, Term> prefixes = new HashMap<>();
  private final Map<String, Term> suffixes = new HashMap<>();
  private int longest;

  private PersonalNames(List<String> lines) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      String[] head = line.substring(0, colon).split(" ", -1);
      for (String term : line.substring(colon + 1).strip().split(" +", -1)) {
        add(term, Category.valueOf(head[0]), head[1]);
      }
    }
  }

  private void add(String written, Category category, String language) {
    boolean weak = written.endsWith("?");
    String word = written.replaceAll("[_?*]", "");
    Term term = new Term(category, language, weak);
    boolean prefix = written.contains("*") && !written.startsWith("*");
    if (written.startsWith("*")) {
      suffixes.putIfAbsent(word, term);
    } else if (prefix) {
      prefixes.putIfAbsent(word, term);
    }
    if (!written.startsWith("*")) {
      whole.computeIfAbsent(word, w -> new ArrayList<>()).add(term);
    }
    longest = Math.max(longest, word.length());
  }

  /**
   * The terms in a name, in the order of their ends. If two terms end at the same word, the longer
   * one comes first.
   */
  List<Match> in(List<String> words) {
    List<Match> found = new ArrayList<>();
    for (int to = 1; to <= words.size(); to++) {
      for (int from = 0; from < to; from++) {
        String joined = String.join("", words.subList(from, to));
        int start = from;
        int end = to;
        if (joined.length() <= longest) {
          whole
              .getOrDefault(joined, List.of())
              .forEach(term -> found.add(new Match(term, start, end)));
        }
      }
      int at = to - 1;
      affix(words.get(at)).ifPresent(term -> found.add(new Match(term, at, at + 1)));
    }
    return found;
  }

  /** The longest term that a word begins or ends with. */
  private Optional<Term> affix(String word) {
    for (int length = word.length() - 1; length > 2; length--) {
      Term prefix = prefixes.get(word.substring(0, length));
      if (prefix != null) {
        return Optional.of(prefix);
      }
      Term suffix = suffixes.get(word.substring(word.length() - length));
      if (suffix != null) {
        return Optional.of(suffix);
      }
    }
    return Optional.empty();
  }
}
