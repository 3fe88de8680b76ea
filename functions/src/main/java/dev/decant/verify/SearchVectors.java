package dev.decant.verify;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.Policy;
import dev.decant.postgres.Quoting;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The sql steps that compute the columns with the mask {@code search-vector}. */
public final class SearchVectors {
  private SearchVectors() {}

  /** One step for each such column. The mask has left an empty tsvector in the rows to compute. */
  public static List<Policy.SqlStep> steps(Schema schema, CheckedPolicy policy) {
    List<Policy.SqlStep> steps = new ArrayList<>();
    for (Table table : schema.tables()) {
      TableRule rule = policy.rules().get(table.name());
      if (rule == null || rule.truncate() || table.partitionOf() != null) {
        continue;
      }
      for (Column column : table.columns()) {
        ColumnRule columnRule = rule.columns().get(column.name());
        if (columnRule != null) {
          columnRule.cases().stream()
              .map(ColumnRule.Case::mask)
              .filter(mask -> mask.name().equals("search-vector"))
              .findFirst()
              .ifPresent(mask -> steps.add(step(table, column, mask)));
        }
      }
    }
    return steps;
  }

  private static Policy.SqlStep step(Table table, Column column, MaskSpec mask) {
    List<?> from = mask.options().get("from") instanceof List<?> list ? list : List.of();
    String texts =
        from.stream()
            .map(name -> Quoting.identifier(String.valueOf(name)))
            .collect(Collectors.joining(", "));
    String name = Quoting.identifier(column.name());
    return new Policy.SqlStep(
        "search vector " + column.name() + " of " + table.name(),
        0,
        "UPDATE "
            + (table.partitioned() ? "" : "ONLY ")
            + table.name().sql()
            + " SET "
            + name
            + " = pg_catalog.to_tsvector("
            + config(mask)
            + ", pg_catalog.concat_ws(' ', "
            + texts
            + ")) WHERE "
            + name
            + " = ''::pg_catalog.tsvector");
  }

  /** The text search configuration as an expression of SQL. */
  static String config(MaskSpec mask) {
    return Quoting.literal(String.valueOf(mask.options().get("config"))) + "::pg_catalog.regconfig";
  }
}
