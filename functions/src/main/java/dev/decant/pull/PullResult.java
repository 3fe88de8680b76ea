package dev.decant.pull;

import dev.decant.manifest.SnapshotName;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a pull.
 *
 * @param place the name of the database, the file, or {@code -}
 * @param replaced whether an existing database was replaced
 * @param rows the number of rows of each table that was pulled
 * @param bytes the size of the rows as COPY text
 * @param addedTables tables that were added because of foreign keys
 * @param omittedKeys foreign keys that were left out, as text for people
 * @param millis the duration of each stage in milliseconds, in order
 */
public record PullResult(
    SnapshotName snapshot,
    String place,
    boolean replaced,
    SortedMap<TableName, Long> rows,
    long bytes,
    List<TableName> addedTables,
    List<String> omittedKeys,
    Map<String, Long> millis) {
  public PullResult {
    rows = new TreeMap<>(rows);
    addedTables = List.copyOf(addedTables);
    omittedKeys = List.copyOf(omittedKeys);
  }

  /** The number of rows of all tables. */
  public long totalRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
