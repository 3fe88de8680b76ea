package dev.decant.policy.propose;

import dev.decant.detect.Category;
import dev.decant.detect.DocumentContents;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.propose.ProposalTrial.Answer;
import dev.decant.policy.rule.KeyCheck;
import dev.decant.policy.rule.SmallRanges;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.TypeCategory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the mask for a column: the first candidate that serves its type, its length and its keys,
 * and whose values pass its CHECKs.
 */
final class MaskChoice {
  private final Schema schema;
  private final MaskCatalog masks;
  private final KeyGroups keys;
  private final MaskCandidates candidates;
  private final TogetherChecked together;
  private final ColumnVerdicts verdicts;

  /**
   * @param verdicts whether a column shows nothing about a person, so that it is kept
   */
  MaskChoice(
      Schema schema,
      MaskCatalog masks,
      KeyGroups keys,
      ProposalTrial trial,
      ColumnVerdicts verdicts) {
    this.schema = schema;
    this.masks = masks;
    this.keys = keys;
    this.together = new TogetherChecked(schema, trial, this::mayBeMasked, this::serves);
    this.candidates = new MaskCandidates(schema, keys, trial, together::ofOthers);
    this.verdicts = verdicts;
  }

  /** The mask for personal data of a category; {@code keep} if none serves. */
  MaskSpec of(KeyGroups.Place place, Column column, Category category) {
    return orDoubtful(
        place,
        column,
        candidates.ofCategory(
            place, column, verdicts.longest(place, column), category, fit(place, column)));
  }

  /** The mask for a column of documents, with the paths that a sample shows. */
  Optional<MaskSpec> ofDocuments(KeyGroups.Place place, Column column, DocumentContents contents) {
    return DocumentRule.of(contents, spec -> serves(spec, column, false))
        .flatMap(
            spec ->
                keys.unique(place)
                    ? DocumentRule.unique(column.type().category(), spec.options())
                    : Optional.of(spec))
        .filter(spec -> serves(spec, place, column) && passes(spec, place, column));
  }

  /** The mask for a column of a composite type, with a rule for each field. */
  Optional<MaskSpec> ofComposite(KeyGroups.Place place, Column column) {
    boolean unique = keys.unique(place);
    return new CompositeRule((spec, c) -> serves(spec, c, unique), verdicts.showsNobody(place))
        .of(column)
        .filter(spec -> passes(spec, place, column));
  }

  /**
   * The mask for a column of type tsvector beside texts that are masked, so that it has none of
   * their raw words.
   */
  Optional<MaskSpec> ofSearchVector(KeyGroups.Place place, Column column) {
    if (column.type().category() != TypeCategory.TSVECTOR) {
      return Optional.empty();
    }
    List<String> texts =
        schema.table(place.table()).stream()
            .flatMap(table -> table.columns().stream())
            .filter(c -> c.type().category() == TypeCategory.TEXT && !c.generated())
            .map(Column::name)
            .filter(name -> isSearched(new KeyGroups.Place(place.table(), name)))
            .toList();
    MaskSpec spec =
        MaskSpec.of("search-vector", Map.of("config", "simple", "from", List.copyOf(texts)));
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(spec).filter(s -> serves(s, place, column) && passes(s, place, column));
  }

  /**
   * The mask for a column of which only the type is known; {@code keep} if no mask is known to pass
   * its CHECKs.
   */
  MaskSpec byType(KeyGroups.Place place, Column column) {
    return first(place, column, candidates.ofType(place, column, fit(place, column)))
        .orElse(MaskSpec.of("keep"));
  }

  /** The mask that leaves nothing of a value, if such a mask can serve the column. */
  MaskSpec leavingNothing(KeyGroups.Place place, Column column) {
    MaskSpec nullify = MaskSpec.of("nullify");
    if (!column.notNull() && keys.mayBeNull(place) && passes(nullify, place, column)) {
      together.decide(place, nullify);
      return nullify;
    }
    return orDoubtful(place, column, candidates.leavingNothing(place, column, fit(place, column)));
  }

  /**
   * Whether a mask was chosen for a column that does not fit a mask which was chosen for another
   * column of the table before. The masks of the table must then be chosen again.
   */
  boolean changedDecisions() {
    return together.changed();
  }

  /**
   * The first mask that passes the CHECKs. If there is none, it is the first that serves the
   * column, so that personal data is not kept only because of a CHECK.
   */
  private MaskSpec orDoubtful(KeyGroups.Place place, Column column, List<MaskSpec> masks) {
    return first(place, column, masks)
        .or(() -> masks.stream().filter(spec -> serves(spec, place, column)).findFirst())
        .orElse(MaskSpec.of("keep"));
  }

  private Optional<MaskSpec> first(KeyGroups.Place place, Column column, List<MaskSpec> masks) {
    Optional<MaskSpec> chosen =
        together
            .planned(place)
            .or(
                () ->
                    masks.stream()
                        .filter(spec -> serves(spec, place, column) && passes(spec, place, column))
                        .findFirst())
            .or(() -> together.constants(place));
    chosen.ifPresent(spec -> together.decide(place, spec));
    return chosen;
  }

  /** A mask that the check of the policy would warn of serves only unique columns. */
  private boolean serves(MaskSpec spec, KeyGroups.Place place, Column column) {
    boolean unique = keys.unique(place);
    ColumnFacts facts = schema.facts(place.table(), place.column());
    return (unique || !SmallRanges.substitutes(spec, column, facts))
        && serves(spec, column, unique && !keepsApart(spec, place));
  }

  /**
   * Whether the values of the mask pass the CHECKs of the column: their texts show it for all
   * values, or a trial with made-up values succeeds.
   */
  boolean passes(MaskSpec spec, KeyGroups.Place place, Column column) {
    return fit(place, column).passes(spec) || together.answer(place, spec) == Answer.PASSES;
  }

  /** Whether a trial of the mask fails. */
  boolean fails(MaskSpec spec, KeyGroups.Place place, Column column) {
    return column.constrained()
        && !fit(place, column).passes(spec)
        && together.answer(place, spec) == Answer.FAILS;
  }

  private CheckFit fit(KeyGroups.Place place, Column column) {
    return new CheckFit(
        schema.facts(place.table(), place.column()),
        column.constrained(),
        name -> isShifted(place, name));
  }

  /** Whether the dates of a column get the shift of their row. */
  private boolean isShifted(KeyGroups.Place place, String name) {
    KeyGroups.Place other = new KeyGroups.Place(place.table(), name);
    return candidates.isTime(place, name)
        && !keys.inPartitionKey(other)
        && !keys.unique(other)
        && !verdicts.isHarmless(other);
  }

  /** Whether a rule of its own may be chosen for a column, and it is not kept. */
  private boolean mayBeMasked(KeyGroups.Place place) {
    return keys.group(place).size() == 1
        && !keys.inPartitionKey(place)
        && !keys.surrogate(place)
        && !verdicts.isHarmless(place);
  }

  private boolean isSearched(KeyGroups.Place place) {
    return mayBeMasked(place) && verdicts.isSearched(place);
  }

  /**
   * Whether all unique keys with this date stay unique, because rows with the same other columns
   * get the same shift.
   */
  private boolean keepsApart(MaskSpec spec, KeyGroups.Place place) {
    return keys.uniqueKeys(place).stream()
        .allMatch(key -> KeyCheck.shiftsAlike(spec, place.column(), key));
  }

  /**
   * Whether a mask can serve a column.
   *
   * @param unique whether different values have to stay different
   */
  boolean serves(MaskSpec spec, Column column, boolean unique) {
    if (spec.name().equals("keep")) {
      return true;
    }
    if (spec.name().equals("nullify")) {
      return !column.notNull();
    }
    Optional<MaskFactory> factory = masks.factory(spec.name());
    return factory.isPresent()
        && factory.get().options().stream()
            .filter(MaskOption::required)
            .allMatch(option -> spec.options().containsKey(option.name()))
        && factory.get().refusal(spec, column) == null
        && (!unique || factory.get().injective(spec, column));
  }
}
