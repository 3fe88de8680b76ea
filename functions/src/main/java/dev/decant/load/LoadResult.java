package dev.decant.load;

import dev.decant.schema.TableName;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was loaded.
 *
 * @param rows by table: of every table whose rows were wanted
 * @param bytes of rows as COPY text
 * @param millis by stage, in order
 */
public record LoadResult(SortedMap<TableName, Long> rows, long bytes, Map<String, Long> millis) {
  public LoadResult {
    rows = new TreeMap<>(rows);
  }

  /** Of all tables. */
  public long totalRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
