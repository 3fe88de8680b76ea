package dev.decant.detect.column;

import dev.decant.detect.Category;
import dev.decant.detect.DocumentContents;
import dev.decant.detect.Verdict;
import dev.decant.detect.name.KnownNames;
import dev.decant.detect.name.NameDetector;
import dev.decant.detect.value.ValueKind;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which columns of a table hold personal data, by their names, their types, and a sample
 * of their values if there is one. An instance is immutable, so any number of threads may use it.
 */
public final class ColumnDetector {
  static final Set<ValueKind> OF_TEXTS = EnumSet.complementOf(EnumSet.of(ValueKind.BARE_PHONE));

  /** Kinds of which a column has many different values. */
  private static final Set<ValueKind> VARIED =
      EnumSet.of(ValueKind.BIRTH_DATE, ValueKind.NAME_FORM);

  private static final Set<ValueKind> OF_NUMBERS =
      EnumSet.complementOf(EnumSet.of(ValueKind.BIRTH_DATE));
  private static final Set<ValueKind> OF_DATES = EnumSet.of(ValueKind.BIRTH_DATE);

  /** Forms that many other values have, too, so that they never outweigh a harmless name. */
  private static final Set<ValueKind> COMMON =
      EnumSet.of(
          ValueKind.BIRTH_DATE,
          ValueKind.BARE_PHONE,
          ValueKind.POSTCODE,
          ValueKind.FIRST_NAME,
          ValueKind.LAST_NAME,
          ValueKind.NAME_FORM,
          ValueKind.PLATE,
          ValueKind.HANDLE);

  /** Amounts are no states, even if few of them repeat. */
  private static final Set<TypeCategory> STATES =
      EnumSet.of(
          TypeCategory.TEXT,
          TypeCategory.ARRAY,
          TypeCategory.OTHER,
          TypeCategory.SMALLINT,
          TypeCategory.INTEGER,
          TypeCategory.BIGINT);

  private static final Set<String> VECTORS = Set.of("vector", "halfvec", "sparsevec", "cube");

  /** A column of dates with fewer different days holds no dates of birth. */
  private static final int DAYS = 10;

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
   * name never outweighs such values, also if only one of them shows a person or a secret.
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
    TypeCategory type = column.type().category();
    if (isVector(column)) {
      return byName;
    }
    ColumnProfile values = sample.elements().orElse(sample);
    Set<ValueKind> kinds = kinds(valueType(column), byName);
    if (KnownNames.isChecksum(column.name())) {
      kinds.remove(ValueKind.RANDOM_TOKEN);
    }
    Verdict verdict = byValues(byName, values, kinds, STATES.contains(type));
    return verdict instanceof Verdict.Harmless && values.showsSomebody()
        ? new Verdict.Unknown("a few of its values show personal data")
        : verdict;
  }

  private static TypeCategory valueType(Column column) {
    ColumnType type = column.type();
    return type.element() == null ? type.category() : type.element().category();
  }

  /** Coordinates and phone numbers look like the numbers of a vector only by chance. */
  private static boolean isVector(Column column) {
    ColumnType type = column.type();
    return VECTORS.contains(type.name().replaceFirst(".*[.]", "").replaceFirst("[(].*", ""))
        || (type.element() != null && type.element().category() == TypeCategory.FLOAT);
  }

  /** The kinds of values that can occur in a type, and that can outweigh the name. */
  private static Set<ValueKind> kinds(TypeCategory type, Verdict byName) {
    Set<ValueKind> kinds = EnumSet.copyOf(ofType(type));
    if (byName instanceof Verdict.Harmless) {
      kinds.removeAll(COMMON);
    }
    return kinds;
  }

  private static Set<ValueKind> ofType(TypeCategory type) {
    return switch (type) {
      case TEXT, ARRAY, OTHER -> OF_TEXTS;
      case SMALLINT, INTEGER, BIGINT, NUMERIC -> OF_NUMBERS;
      case DATE, TIMESTAMP -> OF_DATES;
      case FLOAT,
          BOOLEAN,
          TIME,
          INTERVAL,
          UUID,
          BYTEA,
          JSON,
          XML,
          HSTORE,
          INET,
          CIDR,
          MACADDR,
          TSVECTOR,
          ENUM,
          POINT,
          RANGE,
          COMPOSITE ->
          EnumSet.noneOf(ValueKind.class);
    };
  }

  private static Verdict withContents(Verdict byName, DocumentContents contents) {
    return byName instanceof Verdict.Personal || !contents.personal()
        ? byName
        : new Verdict.Personal(
            Category.DOCUMENT, false, "in its values: " + String.join(", ", contents.labels()));
  }

  private static Verdict byValues(
      Verdict byName, ColumnProfile sample, Set<ValueKind> kinds, boolean mayBeState) {
    Optional<ValueKind> found =
        sample
            .prevailing(kinds)
            .filter(kind -> !VARIED.contains(kind) || sample.distinct() >= DAYS)
            .filter(kind -> kind != ValueKind.NAME_FORM || !sample.repeats())
            .filter(kind -> kind != ValueKind.BARE_PHONE || !sample.series());
    if (found.isEmpty()) {
      boolean state = mayBeState && unsure(byName) && sample.repeats();
      return state
          ? new Verdict.Harmless(
              String.format(
                  Locale.ROOT,
                  "a state or a kind: %,d different value%s in a sample of %,d",
                  sample.distinct(),
                  sample.distinct() == 1 ? "" : "s",
                  sample.values()))
          : byName;
    }
    return withValues(byName, found.get(), sample);
  }

  /** Whether the name shows nothing, or only that the column may be some text. */
  private static boolean unsure(Verdict byName) {
    return byName instanceof Verdict.Unknown
        || (byName instanceof Verdict.Personal personal
            && !personal.sure()
            && personal.category() == Category.FREE_TEXT);
  }

  private static Verdict withValues(Verdict byName, ValueKind kind, ColumnProfile sample) {
    String reason = kind.category().label() + ": " + sample.shareText(kind);
    if (byName instanceof Verdict.Personal personal) {
      boolean same = personal.category() == kind.category();
      boolean better = ColumnProfile.CERTAIN.contains(kind) || !personal.sure();
      return same || (better && !personal.category().sensitive())
          ? new Verdict.Personal(
              kind.category(), same || ColumnProfile.CERTAIN.contains(kind), reason)
          : personal;
    }
    return new Verdict.Personal(kind.category(), ColumnProfile.CERTAIN.contains(kind), reason);
  }
}
