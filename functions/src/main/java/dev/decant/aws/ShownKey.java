package dev.decant.aws;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keys in messages: whoever may write into a bucket chooses them, and a terminal obeys. */
public final class ShownKey {
  /** Controls, line ends, and what turns the direction of a text. */
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028-\\u202e\\u2066-\\u2069]");

  private ShownKey() {}

  /** The key, with the numbers of such characters in their place. */
  public static String of(String key) {
    return UNSAFE
        .matcher(key)
        .replaceAll(c -> String.format(Locale.ROOT, "\\\\u%04x", (int) c.group().charAt(0)));
  }
}
