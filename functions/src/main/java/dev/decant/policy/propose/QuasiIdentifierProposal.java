package dev.decant.policy.propose;

import dev.decant.detect.Category;
import dev.decant.detect.Verdict;
import dev.decant.detect.name.NameDetector;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.TableRule;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.yaml.YamlText;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Proposes the key {@code quasi-identifiers}: the columns of each table that a policy keeps, in
 * full or in part, and that identify a person together.
 */
public final class QuasiIdentifierProposal {
  /** Kinds of data that many persons know about a person whose name is not stated. */
  private static final Set<Category> KNOWN =
      EnumSet.of(
          Category.BIRTH_DATE,
          Category.AGE,
          Category.LIFE_EVENT,
          Category.POSTCODE,
          Category.CITY,
          Category.REGION,
          Category.COORDINATES,
          Category.JOB,
          Category.GENDER,
          Category.MARITAL_STATUS,
          Category.SEX_LIFE,
          Category.ETHNIC_ORIGIN);

  /** Masks whose values are raw values, or groups of them. */
  private static final Set<String> SHOWING = Set.of("keep", "date-truncate", "round");

  private static final String HEAD =
      """
      # These columns are kept, in full or in part, and may identify a person together. decant counts how many
      # rows share their values. To publish nothing if fewer than 5 rows do, add: k-anonymity: { at-least: 5 }
      quasi-identifiers:
      """;

  private QuasiIdentifierProposal() {}

  /**
   * The key with its comments, for the end of a policy; empty if no table has two such columns.
   *
   * @param rules the rules of the tables
   */
  public static String yaml(Schema schema, Map<TableName, TableRule> rules) {
    StringBuilder yaml = new StringBuilder();
    new TreeMap<>(rules)
        .forEach(
            (name, rule) ->
                schema
                    .table(name)
                    .filter(table -> table.partitionOf() == null && !rule.truncate())
                    .map(table -> columns(table, rule))
                    .filter(columns -> columns.size() > 1)
                    .ifPresent(columns -> yaml.append(entry(name, columns))));
    return yaml.isEmpty() ? "" : HEAD + yaml;
  }

  private static String entry(TableName name, Map<String, Category> columns) {
    return "  "
        + YamlText.of(name.toString())
        + ": ["
        + columns.keySet().stream().map(YamlText::column).collect(Collectors.joining(", "))
        + "]  # "
        + columns.values().stream().map(Category::label).collect(Collectors.joining(", "))
        + "\n";
  }

  private static Map<String, Category> columns(Table table, TableRule rule) {
    NameDetector detector = NameDetector.of(table);
    Map<String, Category> columns = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      ColumnRule columnRule = rule.columns().get(column.name());
      if (columnRule != null
          && columnRule.cases().stream().anyMatch(c -> SHOWING.contains(c.mask().name()))
          && detector.verdict(column) instanceof Verdict.Personal personal
          && KNOWN.contains(personal.category())) {
        columns.put(column.name(), personal.category());
      }
    }
    return columns;
  }
}
