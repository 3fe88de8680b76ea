package dev.decant.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Moves comments behind aliases to lines of their own. An alias has no node, so the library loses a
 * comment that stands behind it.
 */
final class AliasComments {
  private static final Pattern COMMENT = Pattern.compile("(\\*\\S+)[ \\t]+(#.*)", Pattern.DOTALL);

  private AliasComments() {}

  /** The text with each such comment above the line of its alias, or above the key of a list. */
  static String above(String text) {
    if (!COMMENT.matcher(text).find()) {
      return text;
    }
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("(?<=\n)", -1)));
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(YamlFile.MAX_BYTES)
            .build();
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof AliasEvent) {
        event.getStartMark().ifPresent(mark -> move(mark, lines));
      }
    }
    return String.join("", lines);
  }

  private static void move(Mark mark, List<String> lines) {
    int number = mark.getLine();
    String line = number < lines.size() ? lines.get(number) : "";
    if (line.codePointCount(0, line.length()) <= mark.getColumn()) {
      return;
    }
    int at = line.offsetByCodePoints(0, mark.getColumn());
    Matcher comment = COMMENT.matcher(line).region(at, line.length());
    if (comment.matches()) {
      String written = comment.group(2).stripTrailing();
      String end = comment.group(2).substring(written.length());
      lines.set(number, line.substring(0, at) + comment.group(1) + end);
      int above = keyOf(number, lines);
      String key = lines.get(above);
      lines.set(above, " ".repeat(indent(key)) + written + (end.isEmpty() ? "\n" : end) + key);
    }
  }

  /**
   * The line itself, or that of the key of its list. The library would also lose a comment above an
   * alias that is an item of a list.
   */
  private static int keyOf(int number, List<String> lines) {
    int at = number;
    while (at > 0 && isBelowKey(lines.get(at), lines.get(number))) {
      at--;
    }
    return at;
  }

  private static boolean isBelowKey(String line, String item) {
    boolean ofList = item.stripLeading().startsWith("- ");
    String text = line.stripLeading();
    return ofList
        && (text.isBlank()
            || text.startsWith("#")
            || indent(line) > indent(item)
            || (indent(line) == indent(item) && text.startsWith("-")));
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
