package dev.decant.pack;

import dev.decant.schema.Column;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.YamlText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column that a pack makes blank, in all rows or in those of some settings.
 *
 * @param mask {@code nullify} or {@code empty}
 * @param names the column that has the names of settings; null if all rows are blank
 * @param pattern a regular expression that the name of a setting contains, in either case
 */
record Blanked(Column column, String mask, @Nullable Column names, String pattern) {
  Blanked(Column column, String mask) {
    this(column, mask, null, "");
  }

  /** The rule, in one line of YAML. The values of other settings are masked. */
  String yaml() {
    if (names == null) {
      return mask;
    }
    return String.format(
        Locale.ROOT,
        "[{ when: { column: %s, matches: %s }, mask: %s }, %s]",
        YamlText.column(names.name()),
        YamlText.value("(?i)" + pattern),
        mask,
        column.type().category() == TypeCategory.JSON ? "json" : "scramble");
  }

  /** A condition in SQL that holds for the rows in which the column should be blank and is not. */
  String violated() {
    String filled = TableName.alwaysQuoted(column.name()) + "::text NOT IN ('', '{}', '[]', '\\x')";
    return names == null
        ? filled
        : "("
            + TableName.alwaysQuoted(names.name())
            + "::text ~* '"
            + pattern
            + "' AND "
            + filled
            + ")";
  }
}
