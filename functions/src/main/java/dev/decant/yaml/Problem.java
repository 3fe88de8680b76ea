package dev.decant.yaml;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a file.
 *
 * @param line of the file, from 1; 0 where it is about something that the file lacks
 * @param message what is wrong and what to write instead
 */
public record Problem(
    int line, @Nullable TableName table, @Nullable String column, String message) {

  /** {@code FILE:LINE: table T, column C: message}, without the parts that are not known. */
  public String in(String file) {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    text.append(": ");
    if (table != null) {
      text.append("table ").append(table).append(column == null ? ": " : ", ");
    }
    if (column != null) {
      text.append("column ").append(TableName.quoted(column)).append(": ");
    }
    return text.append(message).toString();
  }
}
