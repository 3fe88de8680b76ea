package dev.decant.sanitize.row;

import dev.decant.mask.TableRule;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the partitions whose rows may belong to another partition after masking, because a column
 * of a partition key above them is masked. The scratch database gets such rows through the
 * partitioned table, and the partitions are read back afterwards.
 */
public record PartitionRouting(Schema schema, Map<TableName, TableRule> rules) {
  /** The table into which the masked rows of a table are copied, which is usually the same. */
  public TableName target(TableName table) {
    TableName top = table;
    boolean masked = false;
    for (Optional<Table> at = above(table); at.isPresent(); at = above(at.get().name())) {
      top = at.get().name();
      masked |= masksKey(at.get());
    }
    return masked ? top : table;
  }

  /** Whether the rows of the table are copied through another one. */
  public boolean isRouted(TableName table) {
    return !target(table).equals(table);
  }

  private Optional<Table> above(TableName table) {
    return schema.table(table).map(Table::partitionOf).flatMap(schema::table);
  }

  private boolean masksKey(Table table) {
    TableRule rule = rules.get(table.name());
    return rule != null
        && table.partitionKey().stream()
            .map(rule.columns()::get)
            .anyMatch(column -> column != null && !column.keeps());
  }
}
