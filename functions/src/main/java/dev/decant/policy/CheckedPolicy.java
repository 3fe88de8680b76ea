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
 * @param rules the rules of every table that can have rows. Partitions and inheritance children are
 *     included. A table of an extension is included if the dump has rows for it or the policy names
 *     it.
 * @param truncated the tables among them whose rows are left out
 * @param absent the optional tables that the schema does not have
 * @param anchors the anchors with the keys of their tables
 * @param warnings things that are allowed but probably not intended
 */
public record CheckedPolicy(
    Policy policy,
    Map<TableName, TableRule> rules,
    Set<TableName> truncated,
    Set<TableName> absent,
    List<Anchor> anchors,
    List<Problem> warnings) {
  /**
   * A row that decant finds again after masking.
   *
   * @param primaryKey the columns of the key; empty if the check did not know the keys
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
