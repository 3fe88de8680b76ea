package dev.decant.mask;

import java.util.regex.Pattern;

/**
 * SQL's LIKE, as a regular expression: {@code %} any text, {@code _} one character, a backslash
 * takes the next as it is.
 */
final class Like {
  private Like() {}

  static Pattern pattern(String like, boolean ignoreCase) {
    StringBuilder regex = new StringBuilder("\\A");
    for (int i = 0; i < like.length(); ) {
      int c = like.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\' && i < like.length()) {
        c = like.codePointAt(i);
        i += Character.charCount(c);
        regex.append(Pattern.quote(Character.toString(c)));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(Character.toString(c)));
      }
    }
    int flags = Pattern.DOTALL;
    if (ignoreCase) {
      flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
    return Pattern.compile(regex.append("\\z").toString(), flags);
  }
}
