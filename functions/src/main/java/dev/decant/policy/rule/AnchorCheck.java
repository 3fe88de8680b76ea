package dev.decant.policy.rule;

import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.Policy;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import java.util.List;
import java.util.Optional;

/** Checks that anchors name rows that are part of the snapshot and that decant can find again. */
public record AnchorCheck(
    Schema schema, TableResolver tables, boolean keysKnown, Problems problems) {

  public List<CheckedPolicy.Anchor> check(List<Policy.Anchor> anchors) {
    return anchors.stream().flatMap(a -> check(a).stream()).toList();
  }

  private Optional<CheckedPolicy.Anchor> check(Policy.Anchor anchor) {
    Scope scope = new Scope(problems).in(anchor.table());
    Optional<Table> table = schema.table(anchor.table());
    if (table.isEmpty()) {
      scope.problem(
          anchor.line(),
          "The anchor "
              + anchor.name()
              + " is in a table that the database does not have. "
              + Nearest.table(anchor.table(), schema)
                  .map(near -> "Write " + near + ".")
                  .orElse("Remove the anchor."));
      return Optional.empty();
    }
    if (tables.of(anchor.table()).filter(r -> r.truncate).isPresent()) {
      scope.problem(
          anchor.line(),
          "The anchor "
              + anchor.name()
              + " is in a table that is truncated. Remove the anchor, or write rules for the"
              + " columns of the table.");
    }
    List<String> key = primaryKey(anchor.table());
    if (keysKnown && key.isEmpty()) {
      scope.problem(
          anchor.line(),
          "The anchor "
              + anchor.name()
              + " is in a table without a primary key, so decant cannot find its row again. Write"
              + " another table.");
    }
    return Optional.of(
        new CheckedPolicy.Anchor(
            anchor.name(),
            anchor.table(),
            new ConditionCheck(table.get(), scope, anchor.line()).check(anchor.where()),
            key));
  }

  private List<String> primaryKey(TableName table) {
    return schema.uniqueKeys().stream()
        .filter(k -> k.table().equals(table) && k.kind() == UniqueKey.Kind.PRIMARY_KEY)
        .findFirst()
        .map(UniqueKey::columns)
        .orElse(List.of());
  }
}
