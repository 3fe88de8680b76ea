package dev.decant.aws;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes keys safe for messages. Anybody who may write into a bucket chooses its keys, and a
 * terminal would obey control characters in them.
 */
public final class ShownKey {
  /** Control characters, line ends, and characters that change the direction of a text. */
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028-\\u202e\\u2066-\\u2069]");

  private ShownKey() {}

  /** The key in which each such character is replaced by its number. */
  public static String of(String key) {
    return UNSAFE
        .matcher(key)
        .replaceAll(c -> String.format(Locale.ROOT, "\\\\u%04x", (int) c.group().charAt(0)));
  }
}
