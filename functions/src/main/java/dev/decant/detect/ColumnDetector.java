package dev.decant.detect;

import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which columns of a table hold personal data, by their names, their types, and a sample
 * of their values if there is one. An instance is immutable, so any number of threads may use it.
 */
public final class ColumnDetector {
  private static final Set<TypeCategory> SAMPLED =
      EnumSet.of(
          TypeCategory.TEXT,
          TypeCategory.ARRAY,
          TypeCategory.OTHER,
          TypeCategory.SMALLINT,
          TypeCategory.INTEGER,
          TypeCategory.BIGINT);

  /** Forms that values with another meaning have only by chance. */
  private static final Set<ValueKind> CERTAIN =
      EnumSet.of(
          ValueKind.EMAIL,
          ValueKind.IBAN,
          ValueKind.PASSWORD_HASH,
          ValueKind.SECRET,
          ValueKind.MAC,
          ValueKind.USER_AGENT);

  private final NameDetector names;
  private final String table;

  private ColumnDetector(NameDetector names, String table) {
    this.names = names;
    this.table = table;
  }

  public static ColumnDetector of(Table table) {
    return new ColumnDetector(NameDetector.of(table), table.name().name());
  }

  /**
   * The contents of the documents in a column, if most of its sampled values are JSON, hstore or
   * XML.
   *
   * @param sample of the column's values, or null if there is none
   */
  public Optional<DocumentContents> contents(Column column, @Nullable ColumnProfile sample) {
    return sample == null
        ? Optional.empty()
        : sample
            .documents()
            .map(documents -> DocumentDetector.contents(documents, names.inside(column, table)));
  }

  /**
   * The verdict on a column. If the values show personal data, the name does not matter. A harmless
   * name never outweighs such values.
   *
   * @param sample of the column's values, or null if there is none
   */
  public Verdict verdict(Column column, @Nullable ColumnProfile sample) {
    Verdict byName = names.verdict(column);
    if (sample == null || sample.values() == 0) {
      return byName;
    }
    Optional<DocumentContents> contents = contents(column, sample);
    if (contents.isPresent()) {
      return withContents(byName, contents.get());
    }
    if (!SAMPLED.contains(column.type().category())) {
      return byName;
    }
    return byValues(byName, sample.elements().orElse(sample));
  }

  private static Verdict withContents(Verdict byName, DocumentContents contents) {
    return byName instanceof Verdict.Personal || !contents.personal()
        ? byName
        : new Verdict.Personal(
            Category.DOCUMENT, false, "in its values: " + String.join(", ", contents.labels()));
  }

  private static Verdict byValues(Verdict byName, ColumnProfile sample) {
    Optional<ValueKind> found = sample.prevailing();
    if (found.isEmpty()) {
      boolean state = byName instanceof Verdict.Unknown && sample.repeats();
      return state
          ? new Verdict.Harmless(
              "a state or a kind: "
                  + sample.distinct()
                  + " different values in a sample of "
                  + sample.values())
          : byName;
    }
    return withValues(byName, found.get(), sample);
  }

  private static Verdict withValues(Verdict byName, ValueKind kind, ColumnProfile sample) {
    String reason = kind.category().label() + ": " + sample.shareText(kind);
    if (byName instanceof Verdict.Personal personal) {
      boolean same = personal.category() == kind.category();
      boolean better = CERTAIN.contains(kind) || !personal.sure();
      return same || (better && !personal.category().special())
          ? new Verdict.Personal(kind.category(), same || CERTAIN.contains(kind), reason)
          : personal;
    }
    return new Verdict.Personal(kind.category(), CERTAIN.contains(kind), reason);
  }
}
