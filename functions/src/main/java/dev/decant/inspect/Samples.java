package dev.decant.inspect;

import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.RowSamples;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of sampled columns, which hold counts and no values. Only one thread may use an
 * instance.
 */
public final class Samples implements RowSamples {
  private final Map<TableName, Map<String, ColumnProfile>> profiles = new HashMap<>();
  private final Map<TableName, Long> rows = new HashMap<>();

  @Override
  public @Nullable ColumnProfile of(TableName table, String column) {
    return profiles.getOrDefault(table, Map.of()).get(column);
  }

  @Override
  public long rows(TableName table) {
    return rows.getOrDefault(table, -1L);
  }

  /**
   * Adds the profiles of some rows of a table, in the order of the columns. They are joined with
   * those of its other rows, and belong to this instance from then on.
   */
  void add(TableName table, List<String> columns, List<ColumnProfile> sampled, long count) {
    Map<String, ColumnProfile> byName = profiles.computeIfAbsent(table, t -> new HashMap<>());
    for (int i = 0; i < Math.min(columns.size(), sampled.size()); i++) {
      ColumnProfile profile = sampled.get(i);
      ColumnProfile present = byName.putIfAbsent(columns.get(i), profile);
      if (present != null) {
        present.join(profile);
      }
    }
    rows.merge(table, count, Long::sum);
  }
}
