package dev.decant.yaml;

import dev.decant.schema.TableName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the names of tables and columns in a policy or a targets file. */
public final class NameParser {
  private static final String PART = "(\"(?:[^\"]|\"\"){1,200}\"|[^\".]{1,200})";
  private static final Pattern TABLE = Pattern.compile(PART + "\\." + PART);
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\"){1,200}\"");

  private NameParser() {}

  /** A schema-qualified name, quoted where SQL needs it; null after a problem. */
  public static @Nullable TableName table(String text, int line, Scope scope) {
    Matcher matcher = TABLE.matcher(text);
    if (!matcher.matches()) {
      String example = text.matches("[a-z_][a-z0-9_]*") ? "public." + text : "SCHEMA.TABLE";
      scope.problem(
          line, text + " is not the name of a table with its schema. Write " + example + ".");
      return null;
    }
    TableName table = new TableName(column(matcher.group(1)), column(matcher.group(2)));
    boolean bare = !text.contains("\"");
    if (bare && !table.toString().equals(text)) {
      scope.problem(line, "The name " + text + " needs quotes in SQL. Write '" + table + "'.");
      return null;
    }
    return table;
  }

  /** As the other method, without a report; null for a text that is not such a name. */
  public static @Nullable TableName table(String text) {
    return table(text, 0, new Scope(new Problems("", FileKind.POLICY, Integer.MAX_VALUE)));
  }

  /** The name of a column: the text itself, or the text inside its double quotes. */
  public static String column(String text) {
    return QUOTED.matcher(text).matches()
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }
}
