package dev.decant.mask.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set of characters as a pattern or a regular expression writes it between brackets. */
final class CharacterSet {
  private static final String SPECIAL = "Aa9[\\";

  private CharacterSet() {}

  /** The position of the bracket that closes the one at {@code open}, or -1. */
  static int end(int[] text, int open) {
    for (int i = open + 1; i < text.length; i++) {
      if (text[i] == ']') {
        return i;
      }
      i += text[i] == '\\' ? 1 : 0;
    }
    return -1;
  }

  /**
   * The characters between two brackets, sorted; null if there are none, if the set is negated, or
   * if it is a class such as {@code [:alpha:]} or {@code \\w}.
   */
  static int @Nullable [] of(int[] text, int from, int to) {
    if (from == to || text[from] == '^' || text[from] == '[') {
      return null;
    }
    Set<Integer> set = new TreeSet<>();
    for (int i = from; i < to; i++) {
      boolean escaped = text[i] == '\\';
      i += escaped ? 1 : 0;
      int first = text[i];
      if (escaped && first == 'd') {
        range('0', '9', set);
      } else if (escaped && Character.isLetterOrDigit(first)) {
        return null;
      } else if (i + 2 < to && text[i + 1] == '-' && text[i + 2] != '\\') {
        if (text[i + 2] < first || text[i + 2] - first > Character.MAX_VALUE) {
          return null;
        }
        range(first, text[i + 2], set);
        i += 2;
      } else {
        set.add(first);
      }
    }
    return set.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void range(int first, int last, Set<Integer> set) {
    for (int c = first; c <= last; c++) {
      set.add(c);
    }
  }

  /** The element of a pattern that stands for these sorted characters. */
  static String text(int[] set) {
    String ranges = ranges(set);
    return switch (ranges) {
      case "A-Z" -> "A";
      case "a-z" -> "a";
      case "0-9" -> "9";
      default -> set.length == 1 ? quoted(set[0]) : "[" + ranges + "]";
    };
  }

  private static String ranges(int[] set) {
    List<String> ranges = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= set.length; i++) {
      if (i == set.length || set[i] != set[i - 1] + 1) {
        boolean isRange = i - start > 2;
        ranges.add(member(set[start]));
        if (i - start > 1) {
          ranges.add((isRange ? "-" : "") + member(set[i - 1]));
        }
        start = i;
      }
    }
    return String.join("", ranges);
  }

  /** A character between brackets. */
  private static String member(int c) {
    return ("[]\\-^".indexOf(c) >= 0 ? "\\" : "") + Character.toString(c);
  }

  private static String quoted(int c) {
    return (SPECIAL.indexOf(c) >= 0 ? "\\" : "") + Character.toString(c);
  }
}
