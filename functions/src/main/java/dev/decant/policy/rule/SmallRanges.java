package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.TextPattern;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of masks that replace characters in a column whose type or CHECK allows few values. Such a
 * mask only substitutes each value by another one, and the frequencies of the values give them
 * away.
 */
public final class SmallRanges {
  private static final Set<String> SUBSTITUTIONS = Set.of("scramble", "phone", "pattern");

  /** The length of a short text. Two letters have 676 values, and two digits have a hundred. */
  private static final int SHORT = 2;

  /** A pattern with so many texts or fewer is a small range. */
  private static final int FEW_TEXTS = 4096;

  private SmallRanges() {}

  public static List<Problem> warnings(Schema schema, TableResolver tables) {
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

  /**
   * Whether a mask only substitutes each of the few values of a column by another one.
   *
   * @param facts about the column
   */
  public static boolean substitutes(MaskSpec spec, Column column, ColumnFacts facts) {
    return column.type().category() == TypeCategory.TEXT && few(spec, column, facts) != null;
  }

  private static void check(
      Schema schema, Table table, Column column, ResolvedTable rules, List<Problem> warnings) {
    ColumnRule rule = rules.columns.get(column.name());
    if (rule == null) {
      return;
    }
    ColumnFacts facts = schema.facts(table.name(), column.name());
    Map<String, String> reasons = new LinkedHashMap<>();
    for (ColumnRule.Case one : rule.cases()) {
      String few = few(one.mask(), column, facts);
      if (few != null) {
        reasons.putIfAbsent(one.mask().name(), few);
      }
    }
    reasons.forEach(
        (mask, few) ->
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

  /** The reason why a mask that replaces characters has few values; null if it has many. */
  private static @Nullable String few(MaskSpec spec, Column column, ColumnFacts facts) {
    if (!SUBSTITUTIONS.contains(spec.name())) {
      return null;
    }
    String few = few(column, facts);
    return few != null ? few : few(spec);
  }

  private static @Nullable String few(MaskSpec spec) {
    TextPattern pattern =
        spec.name().equals("pattern") && spec.options().get("value") instanceof String value
            ? TextPattern.of(value)
            : null;
    return pattern != null && pattern.texts() <= FEW_TEXTS
        ? "The pattern has only " + (long) pattern.texts() + " texts"
        : null;
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
