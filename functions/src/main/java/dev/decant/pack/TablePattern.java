package dev.decant.pack;

import dev.decant.schema.TableName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table in a pack. Without a schema, it means a table of any schema. A {@code *}
 * stands for any number of characters.
 */
record TablePattern(@Nullable String schema, String name, Pattern pattern) {
  static TablePattern of(String text) {
    int dot = text.indexOf('.');
    String name = text.substring(dot + 1);
    return new TablePattern(
        dot < 0 ? null : text.substring(0, dot),
        name,
        Pattern.compile("\\Q" + name.replace("*", "\\E.*\\Q") + "\\E"));
  }

  private boolean exact() {
    return name.indexOf('*') < 0;
  }

  boolean matches(TableName table) {
    return (schema == null || schema.equals(table.schema()))
        && (exact() ? name.equals(table.name()) : pattern.matcher(table.name()).matches());
  }

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
