package dev.decant.load;

import dev.decant.schema.TableName;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a load.
 *
 * @param rows the number of loaded rows of each table whose rows were requested
 * @param bytes the size of these rows as COPY text
 * @param millis the duration of each stage, in the order of the stages
 */
public record LoadResult(SortedMap<TableName, Long> rows, long bytes, Map<String, Long> millis) {
  public LoadResult {
    rows = new TreeMap<>(rows);
  }

  /** The number of loaded rows of all tables. */
  public long totalRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
