package dev.decant.policy.propose;

import dev.decant.mask.MaskSpec;
import dev.decant.policy.propose.ProposalTrial.Answer;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries the masks of columns that a CHECK reads together. A mask is tried with the masks that were
 * already chosen for the other columns. If no mask passes, all columns of the CHECK get constants
 * that satisfy it.
 */
final class TogetherChecked {
  /** Whether a mask serves a column. */
  interface Serves {
    boolean test(MaskSpec spec, KeyGroups.Place place, Column column);
  }

  private final Schema schema;
  private final ProposalTrial trial;
  private final Predicate<KeyGroups.Place> mayBeMasked;
  private final Serves serves;
  private final Map<KeyGroups.Place, MaskSpec> decided = new HashMap<>();
  private final Map<KeyGroups.Place, MaskSpec> planned = new HashMap<>();
  private boolean changed;

  TogetherChecked(
      Schema schema, ProposalTrial trial, Predicate<KeyGroups.Place> mayBeMasked, Serves serves) {
    this.schema = schema;
    this.trial = trial;
    this.mayBeMasked = mayBeMasked;
    this.serves = serves;
  }

  /** Records the mask that a column gets. */
  void decide(KeyGroups.Place place, MaskSpec spec) {
    decided.put(place, spec);
  }

  /** The masks that were chosen for the other columns of its CHECKs. */
  List<MaskSpec> ofOthers(KeyGroups.Place place) {
    return others(place).stream()
        .flatMap(
            name ->
                Optional.ofNullable(decided.get(new KeyGroups.Place(place.table(), name))).stream())
        .distinct()
        .toList();
  }

  /** The mask that a column gets because of another column of its CHECK. */
  Optional<MaskSpec> planned(KeyGroups.Place place) {
    return Optional.ofNullable(planned.get(place));
  }

  /** Whether a column that was decided before got another mask since the last call. */
  boolean changed() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Tries a mask together with the masks of the other columns of its CHECKs. */
  Answer answer(KeyGroups.Place place, MaskSpec spec) {
    Map<String, MaskSpec> masks = new HashMap<>(Map.of(place.column(), spec));
    for (String other : others(place)) {
      KeyGroups.Place otherPlace = new KeyGroups.Place(place.table(), other);
      MaskSpec known = decided.get(otherPlace);
      Column column = column(place.table(), other);
      if (known != null) {
        masks.put(other, known);
      } else if (column != null
          && mayBeMasked.test(otherPlace)
          && serves.test(spec, otherPlace, column)) {
        // The other column is likely to get the same mask.
        masks.put(other, spec);
      }
    }
    return trial.of(place.table(), Set.of(place.column()), masks);
  }

  /**
   * A constant for a column, and at the same time for all columns that share a CHECK with it.
   *
   * @return empty if no constants satisfy the CHECKs, or if the column is the only one
   */
  Optional<MaskSpec> constants(KeyGroups.Place place) {
    Set<String> free = new LinkedHashSet<>(Set.of(place.column()));
    others(place).stream()
        .filter(name -> mayBeMasked.test(new KeyGroups.Place(place.table(), name)))
        .forEach(free::add);
    if (free.size() == 1) {
      return Optional.empty();
    }
    for (Map<String, String> example : trial.examples(place.table(), free)) {
      Map<String, MaskSpec> masks = new HashMap<>();
      example.forEach(
          (name, value) -> {
            Column column = column(place.table(), name);
            if (column != null) {
              masks.put(name, MaskCandidates.constant(column, value));
            }
          });
      if (serveAll(place.table(), masks) && trial.of(place.table(), free, masks) == Answer.PASSES) {
        masks.forEach((name, spec) -> plan(new KeyGroups.Place(place.table(), name), spec));
        return planned(place);
      }
    }
    return Optional.empty();
  }

  private void plan(KeyGroups.Place place, MaskSpec spec) {
    planned.put(place, spec);
    MaskSpec before = decided.put(place, spec);
    changed |= before != null && !before.equals(spec);
  }

  private boolean serveAll(TableName table, Map<String, MaskSpec> masks) {
    return masks.entrySet().stream()
        .allMatch(
            e -> {
              Column column = column(table, e.getKey());
              return column != null
                  && serves.test(e.getValue(), new KeyGroups.Place(table, e.getKey()), column);
            });
  }

  private Set<String> others(KeyGroups.Place place) {
    Set<String> others = new LinkedHashSet<>();
    for (ColumnFacts.Check check : schema.facts(place.table(), place.column()).checks()) {
      others.addAll(check.columns());
    }
    others.remove(place.column());
    return others;
  }

  private @Nullable Column column(TableName table, String name) {
    return schema.table(table).flatMap(t -> t.column(name)).orElse(null);
  }
}
