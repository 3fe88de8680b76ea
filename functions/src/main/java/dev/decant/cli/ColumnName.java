package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.yaml.NameParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column as a user names it: {@code [SCHEMA.]TABLE.COLUMN}, with quotes as in SQL.
 *
 * @param schema null if the user did not write it
 */
record ColumnName(@Nullable String schema, String table, String column) {
  private static final Pattern PART = Pattern.compile("\\G(\"(?:[^\"]|\"\")+\"|[^\".]+)(\\.|$)");

  /**
   * Reads a name.
   *
   * @throws DecantException USAGE if the name does not have two or three parts
   */
  static ColumnName parse(String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find()) {
      parts.add(NameParser.column(matcher.group(1)));
      end = matcher.end();
    }
    if (end < text.length() || text.endsWith(".") || parts.size() < 2 || parts.size() > 3) {
      throw new DecantException(
          ErrorCode.USAGE,
          text
              + " is neither a file nor the name of a column. Write a file of DDL, or"
              + " SCHEMA.TABLE.COLUMN, for example public.users.email.");
    }
    String schema = parts.size() == 2 ? null : parts.getFirst();
    return new ColumnName(schema, parts.get(parts.size() - 2), parts.getLast());
  }
}
