package dev.decant.policy;

import dev.decant.mask.Condition;
import dev.decant.mask.TableRule;
import dev.decant.schema.TableName;
import dev.decant.yaml.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy that fits a schema.
 *
 * @param rules of every table that can have rows: partitions and inheritance children included,
 *     extensions' tables where rows come for them or the policy names them
 * @param truncated the tables among them whose rows do not travel
 * @param absent optional tables that the schema lacks
 * @param anchors with what identifies their rows
 * @param warnings of what is allowed and may not be meant
 */
public record CheckedPolicy(
    Policy policy,
    Map<TableName, TableRule> rules,
    Set<TableName> truncated,
    Set<TableName> absent,
    List<Anchor> anchors,
    List<Problem> warnings) {
  /**
   * A row that is found again after masking.
   *
   * @param primaryKey columns; empty where the check did not know keys
   */
  public record Anchor(String name, TableName table, Condition where, List<String> primaryKey) {
    public Anchor {
      primaryKey = List.copyOf(primaryKey);
    }
  }

  public CheckedPolicy {
    rules = Map.copyOf(rules);
    truncated = Set.copyOf(truncated);
    absent = Set.copyOf(absent);
    anchors = List.copyOf(anchors);
    warnings = List.copyOf(warnings);
  }
}
