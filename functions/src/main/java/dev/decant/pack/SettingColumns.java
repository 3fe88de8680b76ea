package dev.decant.pack;

import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Columns of settings that a pack finds by their names in the tables of any application, and that
 * have to be blank. Names are compared as words in lower case with underscores between them.
 *
 * @param tables a regular expression that the name of the table contains; null for all tables
 * @param columns a regular expression that the name of the column contains
 * @param names the rows that have to be blank; null for all rows
 */
record SettingColumns(
    @Nullable Pattern tables, Pattern columns, @Nullable Names names, String reason) {
  private static final Set<TypeCategory> TYPES =
      EnumSet.of(
          TypeCategory.TEXT,
          TypeCategory.BYTEA,
          TypeCategory.UUID,
          TypeCategory.JSON,
          TypeCategory.HSTORE,
          TypeCategory.ARRAY);

  /**
   * The settings of a table that has one setting in each row.
   *
   * @param columns a regular expression that the name of the column with the names of the settings
   *     contains
   * @param pattern a regular expression, for RE2 and for PostgreSQL, that the name of a setting
   *     contains in either case
   */
  record Names(Pattern columns, String pattern) {}

  /**
   * Whether a table can have such columns.
   *
   * @param words gives the words of a name, with underscores between them
   */
  boolean in(Table table, UnaryOperator<String> words) {
    return (tables == null || tables.matcher(words.apply(table.name().name())).find())
        && (names == null || nameColumn(table, words).isPresent());
  }

  /** Whether a column of such a table is one of these. */
  boolean match(Column column, UnaryOperator<String> words) {
    return TYPES.contains(column.type().category())
        && columns.matcher(words.apply(column.name())).find();
  }

  /** The column of a table that has the names of its settings. */
  Optional<Column> nameColumn(Table table, UnaryOperator<String> words) {
    return names == null
        ? Optional.empty()
        : table.columns().stream()
            .filter(c -> c.type().category() == TypeCategory.TEXT)
            .filter(c -> names.columns.matcher(words.apply(c.name())).find())
            .findFirst();
  }
}
