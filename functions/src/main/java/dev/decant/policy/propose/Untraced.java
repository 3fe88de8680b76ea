package dev.decant.policy.propose;

import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.RowSamples;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.policy.MaskCatalog;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which columns of unknown meaning are masked without being traced. Neither their names nor
 * a sample of their values show a person, and they are often the words of a catalogue, which kept
 * columns and CHECKs have, too. If they were traced, the leak trace would refuse the run. Whether
 * kept columns have the same words cannot decide this, because a sample does not show all words.
 */
final class Untraced {
  /** Masks that apply other masks, which are traced, to the parts of a value. */
  private static final Set<String> OF_PARTS = Set.of("json", "hstore", "xml", "array");

  private final MaskCatalog masks;
  private final RowSamples samples;

  Untraced(MaskCatalog masks, RowSamples samples) {
    this.masks = masks;
    this.samples = samples;
  }

  /**
   * The rule for columns of unknown meaning, with {@code trace: false} if the leak trace need not
   * look for their values.
   *
   * @param places columns that hold the same values and show no personal data by their names
   * @param mask the mask of all of them
   */
  Suggestion rule(Collection<KeyGroups.Place> places, MaskSpec mask, String reason) {
    return reason(places, mask)
        .map(why -> Suggestion.review(MaskYaml.of(mask.untraced()), reason + "; " + why))
        .orElseGet(() -> Suggestion.review(MaskYaml.of(mask), reason));
  }

  /**
   * The reason why the leak trace need not look for the values of some columns; empty if it has to,
   * because nobody saw a value of them, or because one of the sampled values shows a person.
   */
  Optional<String> reason(Collection<KeyGroups.Place> places, MaskSpec mask) {
    List<ColumnProfile> seen =
        places.stream()
            .map(place -> samples.of(place.table(), place.column()))
            .filter(Objects::nonNull)
            .filter(sample -> sample.values() > 0)
            .toList();
    if (seen.isEmpty() || !isTraced(mask)) {
      return Optional.empty();
    }
    return seen.stream().allMatch(ColumnProfile::isShared)
        ? Optional.of("not traced, since its few values are shared by many rows")
        : seen.stream().anyMatch(ColumnProfile::showsSomebody)
            ? Optional.empty()
            : Optional.of("not traced, since no sampled value shows personal data");
  }

  private boolean isTraced(MaskSpec mask) {
    return OF_PARTS.contains(mask.name())
        || masks.factory(mask.name()).filter(f -> f.tracing(mask) != Tracing.NONE).isPresent();
  }
}
