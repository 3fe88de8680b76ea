package dev.decant.pull;

import dev.decant.manifest.SnapshotName;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a pull.
 *
 * @param place the database's name, the file, or {@code -}
 * @param replaced whether a database of that name went
 * @param rows by table: of every table whose rows came
 * @param bytes of rows as COPY text
 * @param addedTables that foreign keys brought
 * @param omittedKeys foreign keys that were left out, as people read them
 * @param millis by stage, in order
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

  /** Of all tables. */
  public long totalRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
