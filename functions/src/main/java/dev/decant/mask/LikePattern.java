package dev.decant.mask;

import dev.decant.mask.value.Utf8;

/**
 * SQL's LIKE: {@code %} stands for any text, {@code _} for one character, and a backslash takes the
 * character after it as it is. ILIKE compares the lower case of each character, as PostgreSQL does.
 *
 * <p>Reads the UTF-8 of a value in place. Nothing recurses, and only the last {@code %} is ever
 * tried again, so the time is at most the length of the value times that of the pattern, whatever
 * the value is. Immutable, for any number of threads.
 */
final class LikePattern {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  /** Code points, or one of the constants above. */
  private final int[] pattern;

  private final boolean ignoreCase;

  LikePattern(String like, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    int[] text = like.codePoints().toArray();
    int[] elements = new int[text.length];
    int count = 0;
    for (int i = 0; i < text.length; i++) {
      boolean escaped = text[i] == '\\' && i + 1 < text.length;
      i += escaped ? 1 : 0;
      elements[count++] = escaped ? folded(text[i]) : element(text[i]);
    }
    pattern = java.util.Arrays.copyOf(elements, count);
  }

  private int element(int c) {
    return c == '%' ? ANY_TEXT : c == '_' ? ANY_CHARACTER : folded(c);
  }

  private int folded(int c) {
    return ignoreCase ? Character.toLowerCase(c) : c;
  }

  /** Whether the value {@code [from, to)} fits the pattern. */
  boolean matches(byte[] value, int from, int to) {
    int at = from;
    int element = 0;
    int afterAnyText = -1;
    int retry = from;
    while (at < to) {
      int decoded = Utf8.decode(value, at, to);
      if (element < pattern.length && pattern[element] == ANY_TEXT) {
        afterAnyText = ++element;
        retry = at;
      } else if (element < pattern.length && fits(pattern[element], decoded)) {
        element++;
        at += Utf8.length(decoded);
      } else if (afterAnyText >= 0) {
        element = afterAnyText;
        retry += Utf8.length(Utf8.decode(value, retry, to));
        at = retry;
      } else {
        return false;
      }
    }
    while (element < pattern.length && pattern[element] == ANY_TEXT) {
      element++;
    }
    return element == pattern.length;
  }

  private boolean fits(int element, int decoded) {
    return element == ANY_CHARACTER || element == folded(Utf8.codePoint(decoded));
  }
}
