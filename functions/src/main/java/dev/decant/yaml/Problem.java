package dev.decant.yaml;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A problem of a file.
 *
 * @param line the line of the file, from 1; 0 if something is missing in the file
 * @param message the problem and the remedy
 */
public record Problem(
    int line, @Nullable TableName table, @Nullable String column, String message) {

  /** {@code FILE:LINE: table T, column C: message}, without the unknown parts. */
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
