package dev.decant.error;

import java.util.regex.Pattern;

/**
 * Texts as a terminal may get them. Names of tables, files and snapshots come from others and may
 * hold escape sequences, which move the cursor, change the title or hide what is printed.
 */
public final class Printable {
  /**
   * Control characters (C0 without line feed and tab, DEL, C1), separators of lines, and the
   * characters that turn the direction of writing.
   */
  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u200e\\u200f\\u061c"
              + "\\u202a-\\u202e\\u2066-\\u2069]");

  private Printable() {}

  /**
   * The text with each such character written as a backslash, {@code u} and four hexadecimal
   * digits, which in JSON means the same character.
   */
  public static String of(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }

  /** As {@link #of}, on one line: a name that has lines must not look like several answers. */
  public static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", "\\t");
  }
}
