package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives every table its rules. The rules of a partitioned table also serve its partitions, and the
 * rules of a parent serve its inheritance children. Columns without a rule are collected.
 */
public final class TableResolver {
  private final Policy policy;
  private final Schema schema;
  private final Set<TableName> copied;
  private final MaskCheck masks;
  private final Problems problems;
  private final Map<TableName, @Nullable ResolvedTable> resolved = new HashMap<>();
  private final Set<TableName> open = new HashSet<>();
  private final Set<TableName> absent = new HashSet<>();

  /** The columns that have no rule, by table. */
  private final SortedMap<TableName, List<Column>> missing = new TreeMap<>();

  public TableResolver(
      Policy policy, Schema schema, Set<TableName> copied, MaskCheck masks, Problems problems) {
    this.policy = policy;
    this.schema = schema;
    this.copied = copied;
    this.masks = masks;
    this.problems = problems;
  }

  public void run() {
    policy.tables().forEach(this::entry);
    for (Table table : schema.tables()) {
      var _ = resolve(table);
    }
    for (TableName table : copied) {
      if (schema.table(table).isEmpty()) {
        problems.add(
            new Problem(
                0,
                table,
                null,
                "The table has rows, but the dump does not create it. Dump its definition too. If"
                    + " an extension brings the table, dump CREATE EXTENSION."));
      }
    }
  }

  public Set<TableName> absent() {
    return absent;
  }

  /** The tables that have an entry in the policy. */
  public Set<TableName> written() {
    return policy.tables().keySet();
  }

  public SortedMap<TableName, List<Column>> missing() {
    return missing;
  }

  /** The rules that serve the rows of a table: its own, or those of its partitioned table. */
  Optional<ResolvedTable> of(TableName table) {
    return Optional.ofNullable(resolved.get(root(table)));
  }

  /** The rule that serves the rows of a table, if the policy has one. */
  public Optional<TableRule> rule(TableName table) {
    return of(table).map(ResolvedTable::rule);
  }

  /** The partitioned table at the top, or the table itself. */
  public TableName root(TableName table) {
    return schema.root(table);
  }

  private Scope scope(TableName table) {
    return new Scope(problems).in(table);
  }

  private void entry(TableName name, Policy.TableEntry entry) {
    if (schema.table(name).isEmpty()) {
      if (entry.optional()) {
        absent.add(name);
        return;
      }
      String advice =
          Nearest.table(name, schema)
              .map(near -> "Write " + near + ", remove the entry, or write optional: true into it.")
              .orElse("Remove the entry, or write optional: true into it.");
      scope(name).problem(entry.line(), "The database does not have this table. " + advice);
    } else if (!root(name).equals(name)) {
      scope(name)
          .problem(
              entry.line(),
              "The table is a partition of "
                  + root(name)
                  + ", whose rules serve it. Remove this entry.");
    }
  }

  private @Nullable ResolvedTable resolve(Table table) {
    TableName name = table.name();
    if (!root(name).equals(name)) {
      return null;
    }
    if (resolved.containsKey(name) || !open.add(name)) {
      return resolved.get(name);
    }
    ResolvedTable rules = build(table);
    resolved.put(name, rules);
    return rules;
  }

  private @Nullable ResolvedTable build(Table table) {
    Policy.TableEntry entry = policy.tables().get(table.name());
    List<ResolvedTable> parents = new ArrayList<>();
    List<Table> parentTables = new ArrayList<>();
    for (TableName parent : table.parents()) {
      schema
          .table(parent)
          .ifPresent(
              p -> {
                parentTables.add(p);
                ResolvedTable rules = resolve(p);
                if (rules != null) {
                  parents.add(rules);
                }
              });
    }
    if (entry == null && parentTables.isEmpty()) {
      if (table.extension() == null || copied.contains(table.name())) {
        noEntry(table);
      }
      return null;
    }
    if (entry != null
        ? entry.truncate()
        : !parents.isEmpty() && parents.stream().allMatch(p -> p.truncate)) {
      return new ResolvedTable(entry == null ? parents.getFirst().line : entry.line(), true);
    }
    return columns(table, entry, new Parents(parents, parentTables));
  }

  private void noEntry(Table table) {
    scope(table.name()).problem(0, "The table has no rule. Write an entry for it under tables.");
    missing.put(table.name(), table.columns().stream().filter(c -> !c.generated()).toList());
  }

  private ResolvedTable columns(Table table, Policy.@Nullable TableEntry entry, Parents parents) {
    int line = entry == null ? parents.line() : entry.line();
    ResolvedTable rules = new ResolvedTable(line, false);
    if (entry != null) {
      unknown(table, entry);
      rules.where =
          entry.where() == null
              ? null
              : new ConditionCheck(table, scope(table.name()), line).check(entry.where());
    }
    rules.where = parents.where(rules.where);
    for (Column column : table.columns()) {
      if (!column.generated()) {
        collect(table, column, entry, parents, rules);
      }
    }
    checkMasks(table, rules);
    return rules;
  }

  /** The rules of the tables that a table inherits from. */
  private record Parents(List<ResolvedTable> rules, List<Table> tables) {
    int line() {
      return rules.isEmpty() ? 0 : rules.getFirst().line;
    }

    /**
     * The condition of the rows that become part of the snapshot. It includes the conditions of the
     * parents.
     */
    @Nullable Condition where(@Nullable Condition own) {
      List<Condition> all = new ArrayList<>();
      if (own != null) {
        all.add(own);
      }
      rules.stream().map(r -> r.where).filter(Objects::nonNull).distinct().forEach(all::add);
      return all.isEmpty() ? null : all.size() == 1 ? all.getFirst() : new Condition.All(all);
    }

    /**
     * Whether the column comes from a parent without an entry, which is reported for the parent.
     */
    boolean unresolved(String column) {
      return rules.size() < tables.size()
          && tables.stream().anyMatch(t -> t.column(column).isPresent());
    }
  }

  private void collect(
      Table table,
      Column column,
      Policy.@Nullable TableEntry entry,
      Parents parents,
      ResolvedTable rules) {
    String name = column.name();
    Integer kept = entry == null ? null : entry.keep().get(name);
    Policy.ColumnEntry written = entry == null ? null : entry.columns().get(name);
    if (kept != null) {
      rules.put(name, ColumnRule.keep(), kept);
    } else if (written != null) {
      rules.put(name, written.rule(), written.line());
    } else if (!inherit(table, name, parents, rules) && !parents.unresolved(name)) {
      scope(table.name())
          .at(name)
          .problem(rules.line, "The column has no rule. Write it into keep or columns.");
      missing.computeIfAbsent(table.name(), t -> new ArrayList<>()).add(column);
    }
  }

  private boolean inherit(Table table, String column, Parents parents, ResolvedTable rules) {
    List<ResolvedTable> givers =
        parents.rules.stream().filter(p -> p.columns.containsKey(column)).toList();
    if (givers.isEmpty()) {
      return false;
    }
    ResolvedTable first = givers.getFirst();
    ColumnRule rule = Objects.requireNonNull(first.columns.get(column));
    if (givers.stream().anyMatch(g -> !rule.equals(g.columns.get(column)))) {
      scope(table.name())
          .at(column)
          .problem(
              rules.line,
              "The parents of the table have different rules for this column. Write a rule for it"
                  + " here.");
    }
    rules.put(column, rule, first.line(column));
    return true;
  }

  private void unknown(Table table, Policy.TableEntry entry) {
    entry.keep().forEach((column, line) -> unknown(table, column, line));
    entry.columns().forEach((column, rule) -> unknown(table, column, rule.line()));
  }

  private void unknown(Table table, String name, int line) {
    Optional<Column> column = table.column(name);
    if (column.isEmpty()) {
      List<String> names = table.columns().stream().map(Column::name).toList();
      scope(table.name())
          .at(name)
          .problem(
              line,
              "The table does not have this column. "
                  + Nearest.to(name, names)
                      .map(near -> "Write " + near + ", or remove it.")
                      .orElse("Remove it."));
    } else if (column.get().generated()) {
      scope(table.name())
          .at(name)
          .problem(
              line,
              "The column is generated, so PostgreSQL computes it from the masked columns. Remove"
                  + " its rule.");
    }
  }

  private void checkMasks(Table table, ResolvedTable rules) {
    Map<String, ColumnRule> written = Map.copyOf(rules.columns);
    for (Column column : table.columns()) {
      ColumnRule rule = written.get(column.name());
      if (rule != null) {
        ColumnRule checked =
            masks.check(
                rule,
                column,
                table,
                other -> {
                  ColumnRule of = written.get(other);
                  return of != null && of.keeps();
                },
                scope(table.name()).at(column.name()),
                rules.line(column.name()));
        rules.columns.put(column.name(), checked);
      }
    }
  }
}
