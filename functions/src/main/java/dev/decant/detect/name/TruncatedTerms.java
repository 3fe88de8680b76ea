package dev.decant.detect.name;

import dev.decant.detect.name.PersonalNames.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Terms whose last word is cut off, as in names of old schemas: {@code lugar_nacim} for {@code
 * lugar_nacimiento} and {@code staatsang} for {@code staatsangehorigkeit}.
 */
final class TruncatedTerms {
  /** So many letters of a term of one word must be left, and so many of the last of several. */
  private static final int ALONE = 5;

  private static final int LAST = 3;

  /** A word from which fewer letters are missing is a plural or another form. */
  private static final int MISSING = 2;

  private static final Set<String> KNOWN =
      TechnicalNames.allWords().collect(Collectors.toUnmodifiableSet());

  /** Beginnings of terms; null for those of terms of different categories. */
  private final Map<String, Term> terms = new HashMap<>();

  private final Set<String> ambiguous = new HashSet<>();

  void add(List<String> words, Term term) {
    String last = words.getLast();
    String before = String.join("", words.subList(0, words.size() - 1));
    int shortest = before.isEmpty() ? ALONE : LAST;
    for (int length = shortest; length <= last.length() - MISSING; length++) {
      String key = before + last.substring(0, length);
      Term other = terms.putIfAbsent(key, length == ALONE && before.isEmpty() ? weak(term) : term);
      if (other != null && other.category() != term.category()) {
        ambiguous.add(key);
      }
    }
  }

  private static Term weak(Term term) {
    return new Term(term.category(), term.language(), true);
  }

  /** The term of which the words are the beginning, if there is exactly one category of them. */
  List<Term> in(List<String> words) {
    String joined = String.join("", words);
    Term term = ambiguous.contains(joined) ? null : terms.get(joined);
    boolean cut = words.getLast().length() >= LAST && !KNOWN.contains(words.getLast());
    return term == null || !cut ? List.of() : List.of(term);
  }
}
