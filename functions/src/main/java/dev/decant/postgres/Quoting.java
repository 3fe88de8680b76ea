package dev.decant.postgres;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names and texts as SQL writes them. Its results are safe in any statement, whatever the name or
 * the text contains, except for a NUL character, which PostgreSQL cannot store.
 */
public final class Quoting {
  private static final Pattern BARE = Pattern.compile("[a-z_][a-z0-9_$]*");

  private Quoting() {}

  /** A name in double quotes. Keywords are safe, too. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * A name as people write it in a policy and read it in a message: without quotes where SQL takes
   * it so. A keyword gets no quotes, so statements that decant writes need {@link #identifier}.
   */
  public static String identifierIfNeeded(String name) {
    return BARE.matcher(name).matches() ? name : identifier(name);
  }

  /** Names in double quotes, separated by commas. */
  public static String identifiers(Collection<String> names) {
    return names.stream().map(Quoting::identifier).collect(Collectors.joining(", "));
  }

  /**
   * A text as a literal, also for the options of a statement, such as {@code COMMENT ... IS} or
   * {@code COPY ... (DELIMITER ...)}. A text with a backslash becomes an escape string, whose
   * meaning does not depend on the setting standard_conforming_strings.
   */
  public static String literal(String text) {
    String quoted = '\'' + text.replace("'", "''") + '\'';
    return text.contains("\\") ? " E" + quoted.replace("\\", "\\\\") : quoted;
  }

  /** A text as a literal pattern of LIKE that matches everything which begins with the text. */
  public static String likePrefix(String text) {
    return literal(text.replaceAll("([\\\\%_])", "\\\\$1") + '%');
  }
}
