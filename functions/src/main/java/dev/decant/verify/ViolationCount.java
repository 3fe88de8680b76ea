package dev.decant.verify;

import dev.decant.schema.ForeignKey;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Queries that count the rows which violate a constraint. They answer a number, nothing of a row.
 */
public final class ViolationCount {
  private ViolationCount() {}

  /** Rows beyond the first of each group that should have one. */
  public static String ofUnique(UniqueKey key) {
    String columns = list(key.columns());
    String notNull =
        key.columns().stream()
            .map(c -> TableName.alwaysQuoted(c) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) n FROM "
        + key.table().sql()
        + " WHERE "
        + notNull
        + " GROUP BY "
        + columns
        + " HAVING count(*) > 1) d";
  }

  /** Rows that refer to none. */
  public static String ofForeignKey(ForeignKey key) {
    String join =
        IntStream.range(0, key.columns().size())
            .mapToObj(
                i ->
                    "c."
                        + TableName.alwaysQuoted(key.columns().get(i))
                        + " = p."
                        + TableName.alwaysQuoted(key.referencedColumns().get(i)))
            .collect(Collectors.joining(" AND "));
    String notNull =
        key.columns().stream()
            .map(c -> "c." + TableName.alwaysQuoted(c) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "SELECT count(*) FROM "
        + key.table().sql()
        + " c WHERE "
        + notNull
        + " AND NOT EXISTS (SELECT FROM "
        + key.referenced().sql()
        + " p WHERE "
        + join
        + ")";
  }

  private static String list(List<String> columns) {
    return columns.stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", "));
  }
}
