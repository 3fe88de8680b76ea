package dev.decant.verify;

import dev.decant.postgres.Quoting;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.UniqueKey;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes queries that count the rows which violate a constraint. Their result is only a number. */
public final class ViolationCount {
  private ViolationCount() {}

  /**
   * Counts the rows that have the same key as another row, without the first row of each key.
   *
   * @param key without expressions and without a predicate
   */
  public static String ofUnique(UniqueKey key) {
    String columns = Quoting.identifiers(key.columns());
    String notNull =
        key.nullsEqual()
            ? "true"
            : key.columns().stream()
                .map(c -> Quoting.identifier(c) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    return "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) n FROM "
        + key.table().sql()
        + " WHERE "
        + notNull
        + " GROUP BY "
        + columns
        + " HAVING count(*) > 1) d";
  }

  /** Counts the rows whose foreign key refers to a row that does not exist. */
  public static String ofForeignKey(ForeignKey key) {
    String join =
        IntStream.range(0, key.columns().size())
            .mapToObj(
                i ->
                    "c."
                        + Quoting.identifier(key.columns().get(i))
                        + " = p."
                        + Quoting.identifier(key.referencedColumns().get(i)))
            .collect(Collectors.joining(" AND "));
    String notNull =
        key.columns().stream()
            .map(c -> "c." + Quoting.identifier(c) + " IS NOT NULL")
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
}
