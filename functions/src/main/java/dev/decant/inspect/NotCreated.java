package dev.decant.inspect;

import dev.decant.dump.CreatedTable;
import org.jspecify.annotations.Nullable;

/**
 * An object that the scratch database could not create or change, or that a live database does not
 * let the reader see.
 *
 * @param line of the statement in the source, from 1; 0 for a live database
 * @param object for messages
 * @param reason a sentence without any text of the server
 * @param table the table that the statement would have created; null for other statements
 * @param columns whether the statement could have changed the columns of a table
 */
public record NotCreated(
    long line, String object, String reason, @Nullable CreatedTable table, boolean columns) {
  @Override
  public String toString() {
    return (line == 0 ? "" : "line " + line + ", ") + object + ": " + reason;
  }
}
