package dev.decant.policy.propose;

import dev.decant.detect.Verdict;
import dev.decant.detect.column.ColumnProfile;
import dev.decant.detect.column.RowSamples;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.policy.MaskCatalog;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which columns of unknown meaning are masked without being traced. Their values identify
 * nobody as far as a sample shows, and they are often the words of a catalogue, which kept columns
 * and CHECKs have, too. If they were traced, the leak trace would refuse the run.
 */
final class Untraced {
  /** A smaller sample shows too little of a column. */
  private static final int ENOUGH = 100;

  private final Schema schema;
  private final MaskCatalog masks;
  private final RowSamples samples;
  private final ColumnVerdicts verdicts;
  private @Nullable Boolean impersonal;

  Untraced(Schema schema, MaskCatalog masks, RowSamples samples, ColumnVerdicts verdicts) {
    this.schema = schema;
    this.masks = masks;
    this.samples = samples;
    this.verdicts = verdicts;
  }

  /** The mask with {@code trace: false}. */
  static MaskSpec of(MaskSpec mask) {
    return new MaskSpec(mask.name(), mask.options(), mask.realm(), false);
  }

  /**
   * The reason why the leak trace need not look for the values of a column; empty if it has to.
   *
   * @param place a column that shows no personal data, neither by its name nor by its values
   * @param mask the mask of the column
   */
  Optional<String> reason(KeyGroups.Place place, MaskSpec mask) {
    ColumnProfile sample = samples.of(place.table(), place.column());
    boolean traced =
        masks.factory(mask.name()).filter(f -> f.tracing(mask) != Tracing.NONE).isPresent();
    if (!traced || sample == null || sample.values() < ENOUGH) {
      return Optional.empty();
    }
    return sample.isShared()
        ? Optional.of("not traced, since its few values are shared by many rows")
        : isImpersonal()
            ? Optional.of("not traced, since no column of the source shows personal data")
            : Optional.empty();
  }

  /** Whether all tables were sampled, and no column shows personal data. */
  private boolean isImpersonal() {
    if (impersonal == null) {
      impersonal = schema.tables().stream().allMatch(this::isImpersonal);
    }
    return impersonal;
  }

  private boolean isImpersonal(Table table) {
    return samples.rows(table.name()) >= 0
        && table.columns().stream()
            .map(c -> verdicts.of(new KeyGroups.Place(table.name(), c.name()), c))
            .noneMatch(Verdict.Personal.class::isInstance);
  }
}
