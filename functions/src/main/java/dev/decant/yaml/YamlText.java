package dev.decant.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes texts as YAML that is read back as the same texts. */
public final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlText() {}

  /** A text as a YAML scalar, without quotes if possible. */
  public static String of(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  /** A value of a policy, escaped so that it contains no parameter. */
  public static String value(String text) {
    return of(text.replace("${", "$${"));
  }

  /** The name of a column. If the name itself has double quotes around it, they are doubled. */
  public static String column(String name) {
    boolean quotes =
        !NameParser.column(name).equals(name) || name.isBlank() || Parameters.names(name);
    return of(quotes ? '"' + name.replace("\"", "\"\"") + '"' : name);
  }

  /** A text for a comment, without line ends and other control characters. */
  public static String comment(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0085\\u2028\\u2029]", " ");
  }
}
