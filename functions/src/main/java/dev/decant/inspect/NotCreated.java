package dev.decant.inspect;

import dev.decant.dump.CreatedTable;
import dev.decant.progress.Quantity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
  /** How many objects a line names. */
  private static final int NAMED = 3;

  /** One line for each reason, with the objects that it concerns. */
  public static List<String> lines(Collection<NotCreated> all) {
    Map<String, List<NotCreated>> byReason =
        all.stream()
            .collect(
                Collectors.groupingBy(NotCreated::reason, LinkedHashMap::new, Collectors.toList()));
    return byReason.values().stream().map(NotCreated::line).toList();
  }

  private static String line(List<NotCreated> same) {
    NotCreated first = same.getFirst();
    if (same.size() == 1) {
      return first.toString();
    }
    List<String> objects = same.stream().map(NotCreated::object).toList();
    return Quantity.listed(objects, NAMED) + ": " + first.reason;
  }

  @Override
  public String toString() {
    return (line == 0 ? "" : "line " + line + ", ") + object + ": " + reason;
  }
}
