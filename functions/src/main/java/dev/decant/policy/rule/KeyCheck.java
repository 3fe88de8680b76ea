package dev.decant.policy.rule;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.MaskCatalog;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import dev.decant.yaml.Problems;
import dev.decant.yaml.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks that unique columns stay unique. NULLs do not count as equal, so a mask that writes NULL
 * does no harm if the key is a UNIQUE constraint or a unique index of one column.
 */
public final class KeyCheck {
  /** The most masks that a message names. */
  private static final int ALTERNATIVES = 5;

  /**
   * The masks whose values come from so wide a space that they never equal a raw value or a value
   * of another mask. A permutation of a narrow space can give a raw value that another case keeps.
   */
  private static final Set<String> WIDE = Set.of("email", "uuid", "hash");

  private final Schema schema;
  private final TableResolver tables;
  private final MaskCatalog masks;
  private final Problems problems;

  public KeyCheck(Schema schema, TableResolver tables, MaskCatalog masks, Problems problems) {
    this.schema = schema;
    this.tables = tables;
    this.masks = masks;
    this.problems = problems;
  }

  public void run() {
    for (UniqueKey key : schema.uniqueKeys()) {
      schema.table(key.table()).ifPresent(table -> check(key, table));
    }
  }

  private void check(UniqueKey key, Table table) {
    Optional<ResolvedTable> rules = tables.of(key.table());
    if (rules.isEmpty() || rules.get().truncate || alwaysNull(key, rules.get())) {
      return;
    }
    for (String name : new LinkedHashSet<>(key.columns())) {
      if (isUniqueWithout(name, key, schema)) {
        continue;
      }
      ColumnRule rule = rules.get().columns.get(name);
      Optional<Column> column = table.column(name);
      if (rule != null && column.isPresent()) {
        check(key, column.get(), rule, rules.get().line(name));
      }
    }
  }

  private static boolean nullsAreHarmless(UniqueKey key) {
    return switch (key.kind()) {
      case PRIMARY_KEY, EXCLUDE -> false;
      case UNIQUE -> !key.nullsEqual();
      // If there are more columns, one may be a column of the predicate. NULL there could let more
      // rows into the index.
      case UNIQUE_INDEX -> key.columns().size() == 1 && !key.nullsEqual();
    };
  }

  private static boolean alwaysNull(UniqueKey key, ResolvedTable rules) {
    return nullsAreHarmless(key)
        && key.columns().stream()
            .map(rules.columns::get)
            .anyMatch(
                rule ->
                    rule != null
                        && rule.cases().stream().allMatch(c -> c.mask().name().equals("nullify")));
  }

  private void check(UniqueKey key, Column column, ColumnRule rule, int line) {
    Scope scope = new Scope(problems).in(tables.root(key.table())).at(column.name());
    Set<MaskSpec> used =
        rule.cases().stream()
            .map(ColumnRule.Case::mask)
            .filter(m -> !(m.name().equals("nullify") && nullsAreHarmless(key)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<String> colliding =
        used.stream()
            .filter(m -> !injective(m, column, key))
            .map(MaskSpec::name)
            .distinct()
            .toList();
    if (!colliding.isEmpty()) {
      scope.problem(
          line,
          "The column is part of "
              + name(key)
              + ", but "
              + String.join(" and ", colliding)
              + " can give two rows the same value. Write "
              + alternatives(column)
              + ".");
    } else if (used.stream().filter(m -> !WIDE.contains(m.name())).count() > 1) {
      scope.problem(
          line,
          "The column is part of "
              + name(key)
              + ", but its cases ("
              + used.stream().map(MaskSpec::name).distinct().collect(Collectors.joining(", "))
              + ") can give two rows the same value. Write one mask for all rows, or only one mask"
              + " beside email, uuid or hash.");
    }
  }

  /**
   * Whether a key contains the whole primary key of its table beside a column, so that its rows
   * stay different whatever the values of the column are.
   */
  public static boolean isUniqueWithout(String column, UniqueKey key, Schema schema) {
    return key.kind() != UniqueKey.Kind.EXCLUDE
        && key.columns().size() > 1
        && schema.uniqueKeys().stream()
            .anyMatch(
                primary ->
                    primary.kind() == UniqueKey.Kind.PRIMARY_KEY
                        && primary.table().equals(key.table())
                        && !primary.name().equals(key.name())
                        && !primary.columns().contains(column)
                        && key.plain().containsAll(primary.columns()));
  }

  private static String name(UniqueKey key) {
    String kind =
        switch (key.kind()) {
          case PRIMARY_KEY -> "the primary key ";
          case UNIQUE -> "the UNIQUE constraint ";
          case UNIQUE_INDEX -> "the unique index ";
          case EXCLUDE -> "the EXCLUDE constraint ";
        };
    return kind + TableName.quoted(key.name());
  }

  private boolean injective(MaskSpec spec, Column column, UniqueKey key) {
    if (spec.name().equals("keep")) {
      return true;
    }
    Optional<MaskFactory> factory = masks.factory(spec.name());
    // A mask that does not exist or cannot serve the column is reported elsewhere.
    if (factory.isEmpty() || factory.get().refusal(spec, column) != null) {
      return true;
    }
    for (MaskOption option : factory.get().options()) {
      if (option.kind() == MaskOption.Kind.TEMPLATE
          && spec.options().get(option.name()) instanceof String template) {
        return namesKey(template, key.table());
      }
    }
    return factory.get().injective(spec, column) || shiftsAlike(spec, column.name(), key);
  }

  /**
   * Whether a mask shifts a date by a number of days that depends on another column of the same
   * key. Two rows that agree in that column get the same shift, so their dates differ afterwards if
   * they differed before.
   */
  public static boolean shiftsAlike(MaskSpec spec, String column, UniqueKey key) {
    return spec.name().equals("date-shift")
        && spec.options().get("by") instanceof String by
        && !by.equals(column)
        && key.plain().contains(by);
  }

  /**
   * Whether the template reads exactly one column, and this column is a key by itself. With two
   * columns, different pairs of texts could give the same text.
   */
  private boolean namesKey(String template, TableName table) {
    Set<String> fields = MaskCheck.fields(template);
    return fields.size() == 1
        && schema.uniqueKeys().stream()
            .filter(k -> k.table().equals(table) && Set.copyOf(k.columns()).equals(fields))
            .anyMatch(
                k ->
                    k.kind() == UniqueKey.Kind.PRIMARY_KEY
                        || (k.kind() == UniqueKey.Kind.UNIQUE && notNull(table, fields)));
  }

  private boolean notNull(TableName table, Set<String> columns) {
    return schema.table(table).stream()
        .flatMap(t -> t.columns().stream())
        .filter(c -> columns.contains(c.name()))
        .allMatch(Column::notNull);
  }

  private String alternatives(Column column) {
    String names =
        masks.names().stream()
            .sorted()
            .filter(name -> !name.equals("keep"))
            .filter(name -> serves(name, column))
            .limit(ALTERNATIVES)
            .collect(Collectors.joining(", "));
    String unique = column.type().category() == TypeCategory.JSON ? "json" : "hstore";
    boolean document = serves(MaskSpec.of(unique, Map.of("unique", true)), column);
    return (names.isEmpty() ? "" : names + " or ")
        + (document ? "{ mask: " + unique + ", unique: true } or " : "")
        + "keep";
  }

  /** Whether a mask without options serves the column and is injective. */
  private boolean serves(String name, Column column) {
    return masks
            .factory(name)
            .filter(
                f ->
                    f.options().stream()
                        .noneMatch(o -> o.required() || o.kind() == MaskOption.Kind.TEMPLATE))
            .isPresent()
        && serves(MaskSpec.of(name), column);
  }

  private boolean serves(MaskSpec spec, Column column) {
    return masks
        .factory(spec.name())
        .filter(f -> f.refusal(spec, column) == null && f.injective(spec, column))
        .isPresent();
  }
}
