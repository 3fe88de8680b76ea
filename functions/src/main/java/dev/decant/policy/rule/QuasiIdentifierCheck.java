package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.TableRule;
import dev.decant.policy.Policy;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Problem;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that quasi-identifiers name columns whose rows can be counted. */
public record QuasiIdentifierCheck(Schema schema, TableResolver tables, Problems problems) {
  /** Masks that write other values for other raw values, although they show nothing of them. */
  private static final Set<String> HIDING =
      Set.of(
          "credit-card",
          "email",
          "hash",
          "iban",
          "id",
          "ip",
          "mac",
          "pattern",
          "phone",
          "scramble",
          "url",
          "username",
          "uuid");

  /** Checks all entries, and returns warnings. */
  public List<Problem> check(List<Policy.QuasiIdentifiers> all) {
    all.forEach(this::check);
    return all.stream().flatMap(this::hidden).toList();
  }

  private Stream<Problem> hidden(Policy.QuasiIdentifiers each) {
    Map<String, ColumnRule> rules =
        tables.rule(each.table()).map(TableRule::columns).orElse(Map.of());
    return each.columns().stream()
        .filter(
            column -> {
              ColumnRule rule = rules.get(column);
              return rule != null
                  && rule.cases().stream().allMatch(c -> HIDING.contains(c.mask().name()));
            })
        .map(
            column ->
                new Problem(
                    each.line(),
                    each.table(),
                    column,
                    "The mask hides the values of this column but keeps them apart, so the groups"
                        + " of its quasi-identifiers look smaller than they are for a reader."
                        + " Remove the column from quasi-identifiers, or coarsen it."));
  }

  private void check(Policy.QuasiIdentifiers each) {
    Scope scope = new Scope(problems).in(each.table());
    Optional<Table> found = schema.table(each.table());
    if (found.isEmpty()) {
      if (!tables.absent().contains(each.table())) {
        scope.problem(
            each.line(),
            "The quasi-identifiers are of a table that the database does not have. "
                + Nearest.table(each.table(), schema)
                    .map(near -> "Write " + near + ".")
                    .orElse("Remove them."));
      }
      return;
    }
    TableName root = tables.root(each.table());
    if (!root.equals(each.table())) {
      scope.problem(
          each.line(),
          "The quasi-identifiers are of a partition. Write the partitioned table " + root + ".");
    }
    if (tables.of(each.table()).filter(r -> r.truncate).isPresent()) {
      scope.problem(
          each.line(),
          "The quasi-identifiers are of a table that is truncated, so it has no rows. Remove"
              + " them.");
    }
    List<String> names = found.get().columns().stream().map(Column::name).toList();
    for (String column : each.columns()) {
      if (!names.contains(column)) {
        scope
            .at(column)
            .problem(
                each.line(),
                "The table does not have this column of the quasi-identifiers"
                    + Nearest.advice(column, names));
      }
    }
  }
}
