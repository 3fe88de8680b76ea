package dev.decant.error;

import java.util.regex.Pattern;

/**
 * Makes text safe for a terminal. Names of tables, files and snapshots come from other people and
 * may contain escape sequences, which can move the cursor, change the title or hide text.
 */
public final class Printable {
  /**
   * Control characters (C0 without line feed and tab, DEL, C1), line separators, and characters
   * that change the direction of writing.
   */
  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u200e\\u200f\\u061c"
              + "\\u202a-\\u202e\\u2066-\\u2069]");

  private Printable() {}

  /**
   * Returns the text with each unsafe character written as a backslash, {@code u} and four
   * hexadecimal digits, which JSON reads as the same character.
   */
  public static String of(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }

  /** As {@link #of}, but on one line, so that a name with line ends does not look like several. */
  public static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", "\\t");
  }
}
