package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks that foreign keys still hold after masking: both ends of a foreign key must mask the same
 * raw value in the same way, or the referring end must become NULL.
 */
public final class ReferenceCheck {
  private final Schema schema;
  private final TableResolver tables;
  private final Problems problems;

  public ReferenceCheck(Schema schema, TableResolver tables, Problems problems) {
    this.schema = schema;
    this.tables = tables;
    this.problems = problems;
  }

  public void run() {
    for (ForeignKey key : schema.foreignKeys()) {
      Optional<ResolvedTable> from = tables.of(key.table());
      Optional<ResolvedTable> to = tables.of(key.referenced());
      if (from.isEmpty() || to.isEmpty() || from.get().truncate || alwaysNull(key, from.get())) {
        continue;
      }
      if (to.get().truncate) {
        truncated(key, to.get());
      } else {
        IntStream.range(0, Math.min(key.columns().size(), key.referencedColumns().size()))
            .forEach(i -> pair(key, i, from.get(), to.get()));
      }
    }
  }

  /**
   * One NULL is enough with MATCH SIMPLE. With MATCH FULL, PostgreSQL itself rejects such a row.
   */
  private static boolean alwaysNull(ForeignKey key, ResolvedTable from) {
    return key.columns().stream()
        .map(from.columns::get)
        .anyMatch(rule -> rule != null && withoutNull(rule).isEmpty());
  }

  private static List<ColumnRule.Case> withoutNull(ColumnRule rule) {
    return rule.cases().stream().filter(c -> !c.mask().name().equals("nullify")).toList();
  }

  private void truncated(ForeignKey key, ResolvedTable to) {
    new Scope(problems)
        .in(tables.root(key.referenced()))
        .problem(
            to.line,
            "The table is truncated, but rows of "
                + tables.root(key.table())
                + " refer to its rows ("
                + String.join(", ", key.columns())
                + "). Truncate that table too, nullify the column there, or keep the rows here.");
  }

  private void pair(ForeignKey key, int i, ResolvedTable from, ResolvedTable to) {
    String name = key.columns().get(i);
    String otherName = key.referencedColumns().get(i);
    ColumnRule rule = from.columns.get(name);
    ColumnRule other = to.columns.get(otherName);
    Optional<Column> column = schema.table(key.table()).flatMap(t -> t.column(name));
    Optional<Column> otherColumn = schema.table(key.referenced()).flatMap(t -> t.column(otherName));
    if (rule == null || other == null || column.isEmpty() || otherColumn.isEmpty()) {
      return;
    }
    Scope scope = new Scope(problems).in(tables.root(key.table())).at(name);
    String target = tables.root(key.referenced()) + "." + TableName.quoted(otherName);
    if (!normal(withoutNull(rule), name, "from").equals(normal(other.cases(), otherName, "to"))) {
      scope.problem(
          from.line(name),
          "The column refers to "
              + target
              + ", but its rule is "
              + names(rule)
              + " and the rule there is "
              + names(other)
              + ". Write the same mask, options and realm for both, or keep both.");
    } else if (!rule.keeps()
        && column.get().type().category() != otherColumn.get().type().category()) {
      scope.problem(
          from.line(name),
          "The column refers to "
              + target
              + ", but its type is "
              + column.get().type().name()
              + " and the type there is "
              + otherColumn.get().type().name()
              + ", for which a mask gives different values. Keep both.");
    }
  }

  private static String names(ColumnRule rule) {
    List<String> names = rule.cases().stream().map(c -> c.mask().name()).distinct().toList();
    return String.join(" or ", names);
  }

  /** The parts of a mask that decide the masked value, so without its trace. */
  private record Same(String name, Map<String, Object> options, String realm) {
    Same(MaskSpec spec) {
      this(spec.name(), spec.options(), spec.effectiveRealm());
    }
  }

  private record SameCase(Optional<Condition> when, Same mask) {}

  /**
   * A normal form of rules: two rules that give equal values for equal values have the same form. A
   * condition on another column makes the rule different from the rules of all other tables, unless
   * all cases have the same mask.
   */
  private static List<SameCase> normal(List<ColumnRule.Case> cases, String column, String end) {
    List<SameCase> same = new ArrayList<>();
    for (ColumnRule.Case one : cases) {
      Optional<Condition> when =
          Optional.ofNullable(one.when()).map(condition -> own(condition, column, end));
      same.add(new SameCase(when, new Same(one.mask())));
    }
    boolean one = same.stream().map(SameCase::mask).distinct().count() == 1;
    return one ? List.of(new SameCase(Optional.empty(), same.getFirst().mask)) : same;
  }

  /**
   * Replaces the name of the column itself by an empty name. Other columns get a name that the
   * other end cannot have.
   */
  private static Condition own(Condition condition, String column, String end) {
    return switch (condition) {
      case Condition.Compare c ->
          new Condition.Compare(own(c.column(), column, end), c.operator(), c.value());
      case Condition.In c -> new Condition.In(own(c.column(), column, end), c.values());
      case Condition.IsNull c -> new Condition.IsNull(own(c.column(), column, end), c.isNull());
      case Condition.All c ->
          new Condition.All(c.of().stream().map(p -> own(p, column, end)).toList());
      case Condition.Any c ->
          new Condition.Any(c.of().stream().map(p -> own(p, column, end)).toList());
      case Condition.Not c -> new Condition.Not(own(c.of(), column, end));
    };
  }

  private static String own(String name, String column, String end) {
    return name.equals(column) ? "" : end + "\0" + name;
  }
}
