package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks that every row finds the row that it refers to: both ends of a foreign key give the same
 * value for the same value, or NULL at the end that refers.
 */
final class ReferenceCheck {
  private final Schema schema;
  private final TableResolver tables;
  private final Problems problems;

  ReferenceCheck(Schema schema, TableResolver tables, Problems problems) {
    this.schema = schema;
    this.tables = tables;
    this.problems = problems;
  }

  void run() {
    for (ForeignKey key : schema.foreignKeys()) {
      Optional<Resolved> from = tables.of(key.table());
      Optional<Resolved> to = tables.of(key.referenced());
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

  /** With MATCH SIMPLE, one NULL is enough; PostgreSQL itself rejects it for MATCH FULL. */
  private static boolean alwaysNull(ForeignKey key, Resolved from) {
    return key.columns().stream()
        .map(from.columns::get)
        .anyMatch(rule -> rule != null && withoutNull(rule).isEmpty());
  }

  private static List<ColumnRule.Case> withoutNull(ColumnRule rule) {
    return rule.cases().stream().filter(c -> !c.mask().name().equals("nullify")).toList();
  }

  private void truncated(ForeignKey key, Resolved to) {
    new Scope(problems)
        .in(tables.root(key.referenced()))
        .problem(
            to.line,
            "is truncated, but rows of "
                + tables.root(key.table())
                + " refer to its rows ("
                + String.join(", ", key.columns())
                + "); truncate that table too, nullify the column there, or keep the rows here");
  }

  private void pair(ForeignKey key, int i, Resolved from, Resolved to) {
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
          "refers to "
              + target
              + ", but has the rule "
              + names(rule)
              + " and that has "
              + names(other)
              + "; write the same mask, options and realm for both, or keep both");
    } else if (!rule.keeps()
        && column.get().type().category() != otherColumn.get().type().category()) {
      scope.problem(
          from.line(name),
          "refers to "
              + target
              + ", but is "
              + column.get().type().name()
              + " and that is "
              + otherColumn.get().type().name()
              + ", for which a mask gives different values; keep both");
    }
  }

  private static String names(ColumnRule rule) {
    List<String> names = rule.cases().stream().map(c -> c.mask().name()).distinct().toList();
    return String.join(" or ", names);
  }

  /** What a mask does, without what it leaves to the trace. */
  private record Same(String name, Map<String, Object> options, String realm) {
    Same(MaskSpec spec) {
      this(spec.name(), spec.options(), spec.effectiveRealm());
    }
  }

  private record SameCase(Optional<Condition> when, Same mask) {}

  /**
   * A form that is equal where two rules give equal values for equal values. A condition on another
   * column makes a rule unlike any other table's, unless all cases do the same.
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
   * Renames the rule's own column to nothing. Others get a name that the other end does not have.
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

  /** Rows must stay in partitions that exist. */
  void partitions() {
    for (Table table : schema.tables()) {
      tables
          .of(table.name())
          .filter(r -> !r.truncate)
          .ifPresent(
              rules -> {
                for (String column : table.partitionKey()) {
                  ColumnRule rule = rules.columns.get(column);
                  if (rule != null && !rule.keeps()) {
                    new Scope(problems)
                        .in(tables.root(table.name()))
                        .at(column)
                        .problem(
                            rules.line(column),
                            "is in the partition key of "
                                + Objects.requireNonNull(table.name())
                                + ", and a masked row may fit no partition; keep it");
                  }
                }
              });
    }
  }
}
