package dev.decant.mask;

import dev.decant.mask.value.Utf8;

/**
 * A pattern of SQL's LIKE: {@code %} stands for any text, {@code _} stands for one character, and a
 * backslash makes the character after it stand for itself. ILIKE compares the lower case of each
 * character, as PostgreSQL does.
 *
 * <p>The pattern is compared with the UTF-8 bytes of a value in place. The comparison does not
 * recurse and retries only the last {@code %}, so its time is at most the length of the value times
 * the length of the pattern. An instance is immutable, so any number of threads may use it.
 */
final class LikePattern {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  /** The elements of the pattern: code points, or one of the constants above. */
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

  /** Whether the value {@code [from, to)} matches the pattern. */
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
