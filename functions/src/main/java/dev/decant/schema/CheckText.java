package dev.decant.schema;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads two forms of CHECK that show how few values a column has: a list of allowed texts, and a
 * maximal length. A CHECK of another form is ignored.
 */
final class CheckText {
  // The quantifiers are possessive, so that a list of thousands of values needs no deep stack.
  private static final Pattern TEXT = Pattern.compile("'((?:[^']++|'')*+)'");
  private static final Pattern NO_LIST =
      Pattern.compile("~|<|>|!|\\bAND\\b|\\bNOT\\b|\\bLIKE\\b|\\bSIMILAR\\b|\\bBETWEEN\\b");
  private static final Pattern LENGTH =
      Pattern.compile(
          "\\b(?:char_length|character_length|length)\\(.{1,200}?\\) (<=|<|=) (\\d{1,9})\\b");

  private CheckText() {}

  /** The values of {@code x = ANY (ARRAY['a', 'b'])} or {@code x = 'a' OR x = 'b'}. */
  static List<String> allowed(String definition) {
    String rest = TEXT.matcher(definition).replaceAll("''");
    if (!rest.contains("=") || NO_LIST.matcher(rest).find()) {
      return List.of();
    }
    return TEXT.matcher(definition)
        .results()
        .map(text -> text.group(1).replace("''", "'"))
        .distinct()
        .toList();
  }

  /** The bound of {@code length(x) <= n}, or -1. */
  static int longest(String definition) {
    Matcher length = LENGTH.matcher(definition);
    if (!length.find() || definition.contains(" OR ")) {
      return -1;
    }
    int bound = Integer.parseInt(length.group(2));
    return length.group(1).equals("<") ? bound - 1 : bound;
  }
}
