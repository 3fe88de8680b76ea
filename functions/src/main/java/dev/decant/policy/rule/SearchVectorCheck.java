package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import java.util.List;
import java.util.Set;

/**
 * Checks the columns of type tsvector. If such a column is kept beside masked texts, it may have
 * the words of the raw texts.
 */
public record SearchVectorCheck(Schema schema, TableResolver tables, Problems problems) {
  private static final Set<TypeCategory> TEXTS =
      Set.of(TypeCategory.TEXT, TypeCategory.JSON, TypeCategory.XML, TypeCategory.HSTORE);

  public void run() {
    for (Table table : schema.tables()) {
      tables
          .of(table.name())
          .filter(rules -> !rules.truncate && table.partitionOf() == null)
          .ifPresent(rules -> check(table, rules));
    }
  }

  private void check(Table table, ResolvedTable rules) {
    List<String> masked =
        table.columns().stream()
            .filter(column -> isText(column.type()))
            .map(Column::name)
            .filter(
                name -> {
                  ColumnRule rule = rules.columns.get(name);
                  return rule != null && !rule.keeps();
                })
            .toList();
    for (Column column : table.columns()) {
      ColumnRule rule = rules.columns.get(column.name());
      if (rule == null || column.type().category() != TypeCategory.TSVECTOR) {
        continue;
      }
      Scope scope = new Scope(problems).in(tables.root(table.name())).at(column.name());
      for (ColumnRule.Case one : rule.cases()) {
        if (one.mask().name().equals("keep") && !masked.isEmpty()) {
          scope.problem(rules.line(column.name()), kept(masked));
        }
        sources(one.mask(), column, table, scope, rules.line(column.name()));
      }
    }
  }

  private static boolean isText(ColumnType type) {
    ColumnType element = type.element();
    return TEXTS.contains(type.category()) || (element != null && isText(element));
  }

  private static String kept(List<String> masked) {
    String names = String.join(", ", masked);
    return "The column may have words of the raw values of "
        + names
        + ", which are masked. Write { mask: search-vector, config: simple, from: ["
        + names
        + "] } with the columns and the text search configuration that it is made of, or write"
        + " empty.";
  }

  private static void sources(MaskSpec mask, Column column, Table table, Scope scope, int line) {
    if (mask.name().equals("search-vector") && mask.options().get("from") instanceof List<?> from) {
      List<String> names =
          table.columns().stream()
              .map(Column::name)
              .filter(name -> !name.equals(column.name()))
              .toList();
      for (Object name : from) {
        if (!names.contains(String.valueOf(name))) {
          scope.problem(
              line,
              "The option from names the column "
                  + name
                  + ", which cannot be read here"
                  + Nearest.advice(String.valueOf(name), names));
        }
      }
    }
  }
}
