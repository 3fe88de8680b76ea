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
 * Warns of masks that replace characters in a column whose type or CHECK allows few values. Such a
 * mask only substitutes each value by another one, and the frequencies of the values give them
 * away.
 */
final class SmallRanges {
  private static final Set<String> SUBSTITUTIONS = Set.of("scramble", "phone", "pattern");

  /** The length of a short text. Two letters have 676 values, and two digits have a hundred. */
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
      Schema schema, Table table, Column column, ResolvedTable rules, List<Problem> warnings) {
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
                            + ". The mask "
                            + mask
                            + " replaces each of them by another one, so the frequency of a masked"
                            + " value gives away the raw value. Write constant, nullify or"
                            + " pick.")));
  }

  private static @Nullable String few(Column column, ColumnFacts facts) {
    if (!facts.allowed().isEmpty()) {
      return "The CHECK of the column allows only " + facts.allowed().size() + " values";
    }
    int type = column.type().maxLength();
    if (type >= 0 && type <= SHORT) {
      return "The type " + column.type().name() + " has few values";
    }
    return facts.longest() >= 0 && facts.longest() <= SHORT
        ? "The CHECK of the column allows at most " + facts.longest() + " characters, so few values"
        : null;
  }
}
