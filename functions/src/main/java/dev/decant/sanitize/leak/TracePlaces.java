package dev.decant.sanitize.leak;

import dev.decant.dump.DumpPart;
import dev.decant.dump.ObjectTitle;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.Masks;
import dev.decant.mask.TableRule;
import dev.decant.mask.WrittenValues;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.CheckedPolicy;
import dev.decant.schema.Column;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a snapshot that the leak trace searches: columns of tables, and the DDL of objects.
 * Each has a number, its place in the list.
 *
 * <p>Values that a mask wrote as a whole depend on nothing but the mask, unless sql steps changed
 * the table. So they are searched in some rows only, or checked against the dictionary of the mask.
 * In a table that sql steps changed, other words than those of the dictionary may be constants of
 * the steps, so they are compared with the raw values.
 */
public final class TracePlaces {
  /** Types whose values are neither a name nor a text. Numbers may be phone numbers. */
  private static final Set<TypeCategory> NOT_SEARCHED =
      EnumSet.of(
          TypeCategory.BOOLEAN, TypeCategory.FLOAT, TypeCategory.DATE, TypeCategory.TIMESTAMP);

  private static final Set<TypeCategory> NUMBERS =
      EnumSet.of(
          TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT, TypeCategory.NUMERIC);

  /** Masks that may keep parts of a value. */
  private static final Set<String> OF_PARTS = Set.of("json", "xml", "hstore", "array", "composite");

  /**
   * A part of the snapshot that is searched.
   *
   * @param name the name of a column, or of the object whose DDL it is
   * @param masked whether a mask wrote parts of the values
   */
  record Place(String name, boolean isColumn, boolean masked) {}

  /**
   * Masks whose output equals no raw value by chance. It is searched in some rows, in case that the
   * rows do not come from the mask.
   */
  private static final Set<String> SAMPLED =
      Set.of("email", "phone", "scramble", "hash", "ip", "mac", "url", "iban", "credit-card");

  /**
   * The columns of a COPY block.
   *
   * @param places the numbers of the places of the columns; -1 for a column that is not searched
   * @param numbers the columns that have numbers
   * @param sampled the columns that are searched in some rows only
   * @param written the checks of the columns that a mask of dictionary words wrote; null for others
   * @param changed whether the rows were read back from the scratch database
   * @param bySteps whether sql steps may have overwritten the words of dictionaries
   */
  record Block(
      int[] places,
      BitSet numbers,
      BitSet sampled,
      @Nullable WrittenColumn[] written,
      boolean changed,
      boolean bySteps) {
    /**
     * The columns that are looked at.
     *
     * @param inSample whether the row is one of those in which more columns are searched
     */
    int[] fields(boolean inSample) {
      return IntStream.range(0, places.length)
          .filter(i -> written[i] != null || (places[i] >= 0 && (inSample || !sampled.get(i))))
          .toArray();
    }

    boolean isSearched() {
      return Arrays.stream(places).anyMatch(place -> place >= 0)
          || Arrays.stream(written).anyMatch(Objects::nonNull);
    }
  }

  private final Schema catalog;
  private final CheckedPolicy policy;

  /** Whether the policy has sql steps. Without any, only the masks wrote values. */
  private final boolean steps;

  private final Masks masks = BuiltInMasks.standard();
  private final List<Place> places = new ArrayList<>();
  private final IdentityHashMap<DumpPart.CopyStart, Block> blocks = new IdentityHashMap<>();

  /** The numbers of the places whose rows were replaced. */
  private final BitSet replaced = new BitSet();

  private final Map<String, WrittenColumn> written = new TreeMap<>();

  public TracePlaces(Schema catalog, CheckedPolicy policy) {
    this.catalog = catalog;
    this.policy = policy;
    this.steps = !policy.policy().afterLoad().sql().isEmpty();
  }

  /** Adds the DDL of an object, and returns its number. */
  int add(DumpPart.Statement statement) {
    places.add(new Place(ObjectTitle.of(statement), false, false));
    return places.size() - 1;
  }

  /**
   * The columns of a COPY block that are searched.
   *
   * <p>At first a table may count as unchanged. If it counts as changed later, its block gets other
   * places, and what was found and counted in the old ones is void, because those rows do not
   * leave.
   *
   * @param changed whether sql steps changed the table
   */
  Block block(DumpPart.CopyStart copy, boolean changed) {
    Block before = blocks.get(copy);
    if (before != null && before.changed == changed) {
      return before;
    }
    if (before != null) {
      forget(before);
    }
    Block block = add(copy, changed);
    blocks.put(copy, block);
    return block;
  }

  private void forget(Block block) {
    Arrays.stream(block.places).filter(place -> place >= 0).forEach(replaced::set);
    Arrays.stream(block.written)
        .filter(Objects::nonNull)
        .forEach(column -> written.remove(column.name(), column));
  }

  private Block add(DumpPart.CopyStart copy, boolean changed) {
    Table table = catalog.table(copy.table()).orElseThrow();
    TableRule rule = policy.rules().get(copy.table());
    List<String> columns = copy.columnsOf(table);
    boolean bySteps = steps && changed;
    int[] chosen = new int[columns.size()];
    BitSet numbers = new BitSet();
    BitSet sampled = new BitSet();
    @Nullable WrittenColumn[] checks = new WrittenColumn[columns.size()];
    for (int i = 0; i < chosen.length; i++) {
      Column column = table.column(columns.get(i)).orElseThrow();
      ColumnRule columnRule = rule == null ? null : rule.columns().get(column.name());
      chosen[i] = -1;
      numbers.set(i, NUMBERS.contains(column.type().category()));
      String name = copy.table() + "." + TableName.quoted(column.name());
      boolean searched = isSearched(changed, column, columnRule);
      sampled.set(i, !searched);
      if (searched || isSampled(columnRule)) {
        chosen[i] = places.size();
        places.add(new Place(name, true, columnRule != null && !columnRule.keeps()));
      }
      if (columnRule != null && !isSampled(columnRule)) {
        checks[i] = written(name, columnRule, column, bySteps);
      }
    }
    return new Block(chosen, numbers, sampled, checks, changed, bySteps);
  }

  private static boolean isSearched(boolean changed, Column column, @Nullable ColumnRule rule) {
    return !NOT_SEARCHED.contains(column.type().category())
        && (rule == null
            || changed
            || rule.cases().stream()
                .map(c -> c.mask().name())
                .anyMatch(mask -> mask.equals("keep") || OF_PARTS.contains(mask)));
  }

  private static boolean isSampled(@Nullable ColumnRule rule) {
    return rule != null && rule.cases().stream().allMatch(c -> SAMPLED.contains(c.mask().name()));
  }

  private @Nullable WrittenColumn written(
      String name, ColumnRule rule, Column column, boolean bySteps) {
    List<WrittenValues> values = new ArrayList<>();
    for (ColumnRule.Case each : rule.cases()) {
      var known = masks.written(each.mask(), column, policy.policy().locale());
      if (known.isEmpty()) {
        return null;
      }
      values.add(known.get());
    }
    String mask = rule.cases().getFirst().mask().name();
    return written.computeIfAbsent(name, n -> new WrittenColumn(n, mask, values, bySteps));
  }

  /** The columns that a mask of dictionary words wrote. */
  public Collection<WrittenColumn> written() {
    return written.values();
  }

  Place place(int number) {
    return places.get(number);
  }

  /** Whether a mask wrote parts of the values of a column, by its number. */
  boolean isMasked(int number) {
    return places.get(number).masked;
  }

  /** Whether the values of a place leave, by its number. */
  public boolean leaves(int number) {
    return !replaced.get(number);
  }

  /** The number of columns that are searched. A table with several COPY blocks counts once. */
  public long columns() {
    return places.stream().filter(Place::isColumn).map(Place::name).distinct().count();
  }

  /** The number of statements that are searched. */
  public long statements() {
    return places.stream().filter(place -> !place.isColumn()).count();
  }
}
