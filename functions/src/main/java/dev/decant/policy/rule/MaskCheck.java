package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.MaskCatalog;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the masks of one column: its type, options that name columns, and conditions. */
public record MaskCheck(Parameters parameters, MaskCatalog masks) {
  private static final Pattern FIELD = Pattern.compile("\\{\\{|\\}\\}|\\{([^{}]+)\\}");

  /**
   * Reports what is wrong with a rule.
   *
   * @return the rule, with the values of its conditions as COPY writes them
   * @param kept whether a column of the table stays unchanged in every row
   */
  public ColumnRule check(
      ColumnRule rule, Column column, Table table, Predicate<String> kept, Scope scope, int line) {
    ConditionCheck conditions = new ConditionCheck(table, scope, line);
    List<ColumnRule.Case> cases = new ArrayList<>();
    for (ColumnRule.Case one : rule.cases()) {
      cases.add(
          new ColumnRule.Case(
              one.when() == null ? null : conditions.check(one.when()), one.mask()));
      check(one.mask(), column, scope, line);
      columns(one.mask(), table, kept, scope, line);
    }
    return new ColumnRule(cases);
  }

  private void check(MaskSpec spec, Column column, Scope scope, int line) {
    if (spec.name().equals("keep")) {
      return;
    }
    if (spec.name().equals("nullify") && column.notNull()) {
      scope.problem(
          line,
          "The mask nullify cannot serve a NOT NULL column. Write another mask, for example empty"
              + " or constant.");
      return;
    }
    Optional<MaskFactory> factory = masks.factory(spec.name());
    if (factory.isEmpty()) {
      scope.problem(
          line,
          "The mask "
              + spec.name()
              + " does not exist"
              + Nearest.advice(spec.name(), masks.names()));
      return;
    }
    String refusal = factory.get().refusal(spec, column);
    if (refusal != null) {
      scope.problem(line, safe(refusal, spec) + alternatives(factory.get(), column));
    }
  }

  /** Replaces a refusal that may show the value of a parameter, which an option can contain. */
  private String safe(String refusal, MaskSpec spec) {
    return parameters.in(spec.options().toString()) && parameters.in(refusal)
        ? "The mask "
            + spec.name()
            + " cannot serve the column with the value of a parameter. Give another value, or write"
            + " another mask."
        : refusal;
  }

  /** The advice to write a mask that serves the type, if the mask does not serve it. */
  private String alternatives(MaskFactory factory, Column column) {
    TypeCategory category = innermost(column.type()).category();
    return factory.types().contains(category) || column.generated()
        ? ""
        : " Write one of " + String.join(", ", masks.serving(category)) + ".";
  }

  /** The type of the elements of an array or of the bounds of a range, at any depth. */
  private static ColumnType innermost(ColumnType type) {
    return type.element() == null ? type : innermost(type.element());
  }

  private void columns(MaskSpec spec, Table table, Predicate<String> kept, Scope scope, int line) {
    List<MaskOption> options =
        masks.factory(spec.name()).map(MaskFactory::options).orElse(List.of());
    for (MaskOption option : options) {
      Object value = spec.options().get(option.name());
      if (value instanceof String text && option.kind() == MaskOption.Kind.COLUMN) {
        var _ = exists(text, option.name(), table, scope, line);
      } else if (value instanceof String text && option.kind() == MaskOption.Kind.TEMPLATE) {
        template(text, option.name(), table, kept, scope, line);
      } else if (value instanceof MaskSpec nested) {
        columns(nested, table, kept, scope, line);
      } else if (value instanceof Map<?, ?> map) {
        for (Object part : map.values()) {
          if (part instanceof MaskSpec nested) {
            columns(nested, table, kept, scope, line);
          }
        }
      }
    }
  }

  private static void template(
      String text, String option, Table table, Predicate<String> kept, Scope scope, int line) {
    for (String name : fields(text)) {
      if (exists(name, option, table, scope, line) && !kept.test(name)) {
        scope.problem(
            line,
            "The template reads the column "
                + name
                + ", which is masked. Write a column that is in keep, or put "
                + name
                + " into keep.");
      }
    }
  }

  private static boolean exists(String name, String option, Table table, Scope scope, int line) {
    Optional<Column> column = table.column(name);
    if (column.isEmpty() || column.get().generated()) {
      List<String> names =
          table.columns().stream().filter(c -> !c.generated()).map(Column::name).toList();
      scope.problem(
          line,
          "The option "
              + option
              + " names the column "
              + name
              + ", which "
              + (column.isEmpty()
                  ? table.name() + " does not have"
                  : "is generated and not in the rows")
              + Nearest.advice(name, names));
      return false;
    }
    return true;
  }

  /** The columns that a template reads. Doubled braces are text. */
  static Set<String> fields(String template) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = FIELD.matcher(template);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }
}
