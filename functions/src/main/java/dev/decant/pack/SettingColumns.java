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
 * Columns that a pack finds by their names in the tables of any application. Names are compared as
 * words in lower case with underscores between them.
 *
 * @param tables a regular expression that the name of the table contains; null for all tables
 * @param columns a regular expression that the whole name of the column matches
 * @param key a regular expression that the name of another column of the table matches, which the
 *     rule calls {@code $key}; null if the rule needs no other column
 * @param rule the rule for each of these columns
 */
record SettingColumns(
    @Nullable Pattern tables, Pattern columns, @Nullable Pattern key, PackRule rule) {
  private static final Set<TypeCategory> TYPES =
      EnumSet.of(TypeCategory.TEXT, TypeCategory.BYTEA, TypeCategory.UUID);

  /**
   * The rule for a column, if it is one of these.
   *
   * @param words gives the words of a name, with underscores between them
   */
  Optional<PackRule> rule(Table table, Column column, UnaryOperator<String> words) {
    if (!TYPES.contains(column.type().category())
        || !columns.matcher(words.apply(column.name())).matches()
        || (tables != null && !tables.matcher(words.apply(table.name().name())).find())) {
      return Optional.empty();
    }
    if (key == null) {
      return Optional.of(rule);
    }
    return table.columns().stream()
        .map(Column::name)
        .filter(name -> key.matcher(words.apply(name)).matches() && name.matches("[A-Za-z_]+"))
        .findFirst()
        .map(name -> new PackRule(rule.yaml().replace("$key", name), rule.reason()));
  }
}
