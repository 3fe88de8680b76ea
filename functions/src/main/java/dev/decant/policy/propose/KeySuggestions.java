package dev.decant.policy.propose;

import dev.decant.detect.Verdict;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskSpec;
import dev.decant.policy.rule.TableResolver;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Suggests the one rule for all columns that foreign keys tie together. */
final class KeySuggestions {
  private static final Set<TypeCategory> WITHOUT_MEANING =
      EnumSet.of(
          TypeCategory.SMALLINT, TypeCategory.INTEGER, TypeCategory.BIGINT, TypeCategory.UUID);

  private final Schema schema;
  private final TableResolver tables;
  private final KeyGroups keys;
  private final MaskChoice choice;
  private final ColumnVerdicts verdicts;
  private final Untraced untraced;

  KeySuggestions(
      Schema schema,
      TableResolver tables,
      KeyGroups keys,
      MaskChoice choice,
      ColumnVerdicts verdicts,
      Untraced untraced) {
    this.untraced = untraced;
    this.schema = schema;
    this.tables = tables;
    this.keys = keys;
    this.choice = choice;
    this.verdicts = verdicts;
  }

  /**
   * A primary key that the server makes, or one whose type and name show a number without a
   * meaning. Only constraints make a column a key; a name alone does not.
   */
  boolean surrogate(KeyGroups.Place place, Column column, Verdict verdict) {
    return keys.surrogate(place)
        || (keys.primaryKey(place)
            && WITHOUT_MEANING.contains(column.type().category())
            && !(verdict instanceof Verdict.Personal));
  }

  boolean isSurrogate(KeyGroups.Place place) {
    return column(place).filter(c -> surrogate(place, c, verdicts.of(place, c))).isPresent();
  }

  /** The rule that the policy has for a column. */
  Optional<ColumnRule> written(KeyGroups.Place place) {
    return tables
        .rule(place.table())
        .flatMap(r -> Optional.ofNullable(r.columns().get(place.column())));
  }

  Suggestion of(KeyGroups.Place place, Column column, Set<KeyGroups.Place> group, Verdict verdict) {
    String special =
        verdict instanceof Verdict.Personal p && p.category().sensitive()
            ? p.category().described()
            : null;
    if (special != null && !column.notNull() && keys.mayBeNull(place)) {
      return Suggestion.review("nullify", special);
    }
    for (KeyGroups.Place other : group) {
      Optional<ColumnRule> written = written(other);
      if (written.isPresent()) {
        return asWritten(written.get(), other, special);
      }
    }
    String why = group.iterator().next().equals(place) ? "a foreign key" : "a key";
    if (group.stream().anyMatch(this::isSurrogate)) {
      return new Suggestion("keep", null, special == null ? why : special, special != null);
    }
    if (special == null && group.stream().allMatch(this::isHarmless)) {
      return Suggestion.sure("keep", why + " of states or kinds");
    }
    String both = "a key that foreign keys use; both ends need the same rule";
    String reason = special == null ? both : special + "; " + both;
    MaskSpec mask = mask(column, group);
    return group.stream().anyMatch(this::isPersonal)
        ? Suggestion.review(MaskYaml.of(mask), reason)
        : untraced.rule(group, mask, reason);
  }

  private static Suggestion asWritten(
      ColumnRule written, KeyGroups.Place other, @Nullable String special) {
    String reason = special == null ? "a key of " + other.table() : special;
    return written.keeps()
        ? new Suggestion("keep", null, reason, special != null)
        : new Suggestion("", other, reason, special != null);
  }

  private boolean isPersonal(KeyGroups.Place place) {
    return column(place).filter(c -> verdicts.of(place, c) instanceof Verdict.Personal).isPresent();
  }

  private boolean isHarmless(KeyGroups.Place place) {
    return verdicts.catalogue(place.table()) || verdicts.isHarmless(place);
  }

  private Optional<Column> column(KeyGroups.Place place) {
    return schema.table(place.table()).flatMap(t -> t.column(place.column()));
  }

  /**
   * The first mask that serves all columns of the group. The CHECKs of all of them suggest
   * candidates, in an order that does not depend on the column.
   */
  private MaskSpec mask(Column column, Set<KeyGroups.Place> group) {
    List<MaskSpec> candidates = new ArrayList<>(MaskCandidates.unique(column.type()));
    group.stream()
        .sorted(
            Comparator.comparing((KeyGroups.Place p) -> p.table().toString())
                .thenComparing(KeyGroups.Place::column))
        .forEach(
            p ->
                column(p)
                    .filter(Column::constrained)
                    .ifPresent(c -> candidates.addAll(CheckOptions.of(c, facts(p)))));
    return candidates.stream()
        .filter(spec -> group.stream().noneMatch(keys::inPartitionKey))
        .filter(spec -> choice.serves(spec, column, true))
        .filter(spec -> group.stream().allMatch(p -> serves(spec, p, column)))
        .findFirst()
        .orElse(MaskSpec.of("keep"));
  }

  private ColumnFacts facts(KeyGroups.Place place) {
    return schema.facts(place.table(), place.column());
  }

  /** Whether the mask serves another column of the group, which must have the same kind of type. */
  private boolean serves(MaskSpec spec, KeyGroups.Place place, Column like) {
    return column(place)
        .filter(c -> c.type().category() == like.type().category())
        .filter(c -> choice.serves(spec, c, keys.unique(place)))
        .filter(c -> !c.constrained() || choice.passes(spec, place, c))
        .isPresent();
  }
}
