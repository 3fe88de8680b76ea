package dev.decant.pack;

import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The packs whose applications were found in a schema. An instance is immutable, so any number of
 * threads may use it.
 */
public final class RecognizedPacks {
  private final List<RecognizedPack> all;
  private final Set<TableName> known = new HashSet<>();
  private final Map<TableName, String> truncated;
  private final Map<TableName, Map<String, PackRule>> cut;

  private RecognizedPacks(
      List<RecognizedPack> all,
      Map<TableName, String> truncated,
      Map<TableName, Map<String, PackRule>> cut) {
    this.all = all;
    this.truncated = truncated;
    this.cut = cut;
    all.forEach(pack -> known.addAll(pack.tables()));
  }

  static RecognizedPacks of(List<RecognizedPack> found, Schema schema, Set<TableName> written) {
    FoundRules.Taken taken = new FoundRules.Taken();
    found.forEach(pack -> pack.rules().take(taken));
    List<RecognizedPack> all = found.stream().filter(pack -> !pack.tables().isEmpty()).toList();
    Map<TableName, String> truncated = new TreeMap<>();
    all.forEach(pack -> pack.rules().truncated().forEach(truncated::putIfAbsent));
    truncated.keySet().removeAll(written);
    CutReferences cuts = new CutReferences(schema, written);
    cuts.restrict(truncated.keySet());
    return new RecognizedPacks(all, truncated, cuts.rules(truncated.keySet()));
  }

  /** The packs, the more specific ones first. A pack can be found several times. */
  public List<RecognizedPack> all() {
    return all;
  }

  /** Whether a pack has rules for a table. */
  public boolean knows(TableName table) {
    return known.contains(table);
  }

  /** The rule for a foreign key whose referenced rows are left out; empty for other columns. */
  public Optional<PackRule> cut(TableName table, String column) {
    return Optional.ofNullable(cut.getOrDefault(table, Map.of()).get(column));
  }

  /** The rule for a column, if a pack knows it. */
  public Optional<PackRule> rule(TableName table, String column) {
    if (!known.contains(table)) {
      return Optional.empty();
    }
    return all.stream().flatMap(pack -> pack.rules().rule(table, column).stream()).findFirst();
  }

  /**
   * The reason why the rows of a table should be left out. It is empty if they should not, or if
   * rows of other tables refer to them by a column that cannot be NULL.
   */
  public Optional<String> truncated(TableName table) {
    return Optional.ofNullable(truncated.get(table));
  }

  /** The assertions that check the neutralization by the packs. */
  public List<PackAssertion> assertions(RecognizedPack pack) {
    return pack.assertions(truncated.keySet());
  }
}
