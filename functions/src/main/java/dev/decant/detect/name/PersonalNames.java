package dev.decant.detect.name;

import com.google.re2j.Pattern;
import dev.decant.detect.Category;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

  private static final Map<String, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("no", "nr"),
          Map.entry("nro", "nr"),
          Map.entry("num", "nr"),
          Map.entry("nb", "nr"),
          Map.entry("fec", "fecha"),
          Map.entry("fch", "fecha"),
          Map.entry("dt", "data"),
          Map.entry("dat", "datum"));

  /** These mean something else if they are the whole name. */
  private static final Map<String, String> ABBREVIATIONS_IN_NAMES =
      Map.of(
          "nm",
          "name",
          "nam",
          "name",
          "nbr",
          "nr",
          "mob",
          "mobile",
          "ph",
          "phone",
          "pcode",
          "postcode",
          "cd",
          "code",
          "amt",
          "amount");

  private static final Pattern NUMBER = Pattern.compile("numm?ero?|number");

  static final PersonalNames STANDARD = new PersonalNames(TextResource.lines("personal-names.txt"));

  private final Map<String, List<Term>> whole = new HashMap<>();
  private final TruncatedTerms truncated = new TruncatedTerms();
  private final Map<String, Term> prefixes = new HashMap<>();
  private final Map<String, Term> suffixes = new HashMap<>();
  private final Set<String> words = new HashSet<>();
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
    words.addAll(List.of(written.replaceAll("[?*]", "").split("_", -1)));
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
      String brief = abbreviated(List.of(written.replaceAll("[?*]", "").split("_", -1)));
      if (brief.length() > 2 && !brief.equals(word)) {
        whole.computeIfAbsent(brief, w -> new ArrayList<>()).add(term);
      }
    }
    if (!written.contains("*")) {
      truncated.add(List.of(written.replace("?", "").split("_", -1)), term);
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
          List<String> part = words.subList(from, to);
          List<Term> terms = whole.get(joined);
          terms = terms == null ? whole.get(abbreviated(part)) : terms;
          (terms == null ? truncated.in(part) : terms)
              .forEach(term -> found.add(new Match(term, start, end)));
        }
      }
      int at = to - 1;
      affix(words.get(at)).ifPresent(term -> found.add(new Match(term, at, at + 1)));
    }
    return found;
  }

  /** Joins words, with one form for a word and its abbreviations. */
  private static String abbreviated(List<String> words) {
    StringBuilder joined = new StringBuilder();
    for (String word : words) {
      String whole = words.size() > 1 ? ABBREVIATIONS_IN_NAMES.getOrDefault(word, word) : word;
      joined.append(ABBREVIATIONS.getOrDefault(whole, whole));
    }
    return NUMBER.matcher(joined).replaceAll("nr");
  }

  /** The words that the terms consist of. */
  Stream<String> words() {
    return Stream.concat(words.stream(), whole.keySet().stream());
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
