package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of masks that replace characters where a column's type or CHECK allows few values: such a
 * mask is a substitution, which the frequencies of the values give away.
 */
final class SmallRanges {
  private static final Set<String> SUBSTITUTIONS = Set.of("scramble", "phone");

  /** Two letters have 676 values, two digits a hundred. */
  private static final int SHORT = 2;

  private SmallRanges() {}

  static List<Problem> warnings(Schema schema, TableResolver tables) {
    List<Problem> warnings = new ArrayList<>();
    for (Table table : schema.tables()) {
      if (tables.root(table.name()).equals(table.name())) {
        tables
            .of(table.name())
            .ifPresent(
                rules ->
                    table.columns().stream()
                        .filter(c -> c.type().category() == TypeCategory.TEXT)
                        .forEach(c -> check(schema, table, c, rules, warnings)));
      }
    }
    return warnings;
  }

  private static void check(
      Schema schema, Table table, Column column, Resolved rules, List<Problem> warnings) {
    ColumnRule rule = rules.columns.get(column.name());
    String few = few(column, schema.facts(table.name(), column.name()));
    if (rule == null || few == null) {
      return;
    }
    rule.cases().stream()
        .map(c -> c.mask().name())
        .filter(SUBSTITUTIONS::contains)
        .distinct()
        .forEach(
            mask ->
                warnings.add(
                    new Problem(
                        rules.line(column.name()),
                        table.name(),
                        column.name(),
                        few
                            + "; "
                            + mask
                            + " gives each of so few values another one, and how often it occurs"
                            + " tells which it was; write constant, nullify or pick")));
  }

  private static @Nullable String few(Column column, ColumnFacts facts) {
    if (!facts.allowed().isEmpty()) {
      return "its CHECK allows few values (" + facts.allowed().size() + ")";
    }
    int type = column.type().maxLength();
    if (type >= 0 && type <= SHORT) {
      return "its type " + column.type().name() + " holds few values";
    }
    return facts.longest() >= 0 && facts.longest() <= SHORT
        ? "its CHECK allows at most " + facts.longest() + " characters"
        : null;
  }
}
