package dev.decant.policy.propose;

import dev.decant.detect.Category;
import dev.decant.detect.name.NameWords;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.ColumnType;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The masks that may suit a column, the best ones first. Whether they serve it is not decided. */
final class MaskCandidates {
  private static final Set<TypeCategory> TIMES =
      EnumSet.of(TypeCategory.DATE, TypeCategory.TIMESTAMP);

  /**
   * The masks for special categories, which leave nothing of a value, or as little as the type
   * allows.
   */
  private static final List<String> LEAVING_NOTHING =
      List.of("redact", "empty", "placeholder", "scramble", "id", "uuid", "hash", "date-shift");

  private static final Set<String> NUMBER_OF =
      Set.of("id", "no", "nr", "num", "number", "code", "key", "ref", "oid");

  private final Schema schema;
  private final KeyGroups keys;
  private final ProposalTrial trial;
  private final Function<KeyGroups.Place, List<MaskSpec>> ofOthers;

  /**
   * @param ofOthers the masks of the other columns of a CHECK, which may have to be the same
   */
  MaskCandidates(
      Schema schema,
      KeyGroups keys,
      ProposalTrial trial,
      Function<KeyGroups.Place, List<MaskSpec>> ofOthers) {
    this.schema = schema;
    this.keys = keys;
    this.trial = trial;
    this.ofOthers = ofOthers;
  }

  /**
   * The masks for personal data of a category.
   *
   * @param length the number of characters that a value has at most, or -1
   */
  List<MaskSpec> ofCategory(
      KeyGroups.Place place, Column column, int length, Category category, CheckFit fit) {
    List<MaskSpec> candidates = allowed(place, column);
    if (candidates.isEmpty() && column.constrained() && trial.equals(ProposalTrial.NONE)) {
      // Without a trial, only the shape of a value shows that it passes a CHECK.
      candidates.add(MaskSpec.of("scramble"));
    }
    RegionCodes.of(column, length, category).ifPresent(candidates::add);
    category.masks().forEach(name -> candidates.add(spec(name, place, column)));
    pattern(column, fit).ifPresent(candidates::add);
    return withOptions(candidates, place, column, fit);
  }

  /** The masks for a column of which only the type is known. */
  List<MaskSpec> ofType(KeyGroups.Place place, Column column, CheckFit fit) {
    List<MaskSpec> candidates = allowed(place, column);
    if (isNumberOfSomething(column)) {
      candidates.add(MaskSpec.of("id"));
    }
    names(column.type().category()).forEach(name -> candidates.add(spec(name, place, column)));
    return withOptions(candidates, place, column, fit);
  }

  /** The masks that leave nothing of a value, or little. */
  List<MaskSpec> leavingNothing(KeyGroups.Place place, Column column, CheckFit fit) {
    List<MaskSpec> candidates = new ArrayList<>(constants(place, column, fit));
    LEAVING_NOTHING.forEach(name -> candidates.add(spec(name, place, column)));
    DocumentRule.unique(column.type().category(), Map.of("other", MaskSpec.of("empty")))
        .ifPresent(candidates::add);
    return withOptions(candidates, place, column, fit);
  }

  /** Adds the masks that the CHECKs suggest, and those that leave nothing. */
  private List<MaskSpec> withOptions(
      List<MaskSpec> candidates, KeyGroups.Place place, Column column, CheckFit fit) {
    if (column.constrained()) {
      candidates.addAll(CheckOptions.of(column, facts(place)));
      candidates.addAll(ofOthers.apply(place));
    }
    candidates.add(MaskSpec.of("scramble"));
    candidates.add(MaskSpec.of("empty"));
    if (keys.unique(place)) {
      candidates.addAll(unique(column.type()));
    }
    if (keys.mayBeNull(place)) {
      candidates.add(MaskSpec.of("nullify"));
    }
    candidates.addAll(constants(place, column, fit));
    return candidates;
  }

  /** {@code invoice_no}, {@code customer_id}: another number of that kind, and no noise. */
  private static boolean isNumberOfSomething(Column column) {
    return NUMBER_OF.contains(NameWords.of(column.name()).getLast());
  }

  /** The masks for values of a type whose meaning is not known. */
  static List<String> names(TypeCategory category) {
    return switch (category) {
      case TEXT -> List.of("scramble");
      case SMALLINT, INTEGER, BIGINT, FLOAT -> List.of("noise", "id");
      case NUMERIC -> List.of("noise", "phone");
      case TIMESTAMP, DATE -> List.of("date-shift");
      case UUID -> List.of("uuid", "id");
      case BYTEA -> List.of("placeholder", "empty", "hash");
      case JSON -> List.of("json");
      case XML -> List.of("xml");
      case HSTORE -> List.of("hstore");
      case INET, CIDR -> List.of("ip");
      case MACADDR -> List.of("mac");
      case POINT -> List.of("point");
      case ARRAY -> List.of("array");
      case ENUM -> List.of("pick");
      case OTHER -> List.of("vector-noise", "point");
      case BOOLEAN, TSVECTOR, TIME, INTERVAL, RANGE, COMPOSITE -> List.of();
    };
  }

  /** The masks that may keep values of a type different, also documents and arrays. */
  static List<MaskSpec> unique(ColumnType type) {
    List<MaskSpec> candidates = new ArrayList<>();
    ColumnType part = type.category() == TypeCategory.ARRAY ? type.element() : type;
    if (part != null) {
      names(part.category()).forEach(name -> candidates.add(MaskSpec.of(name)));
      DocumentRule.unique(part.category(), Map.of()).ifPresent(candidates::add);
    }
    return candidates;
  }

  /** If a CHECK lists the allowed values, only these can be picked. */
  private List<MaskSpec> allowed(KeyGroups.Place place, Column column) {
    List<String> allowed = facts(place).allowed();
    List<MaskSpec> candidates = new ArrayList<>();
    if (!allowed.isEmpty()) {
      candidates.add(MaskSpec.of("pick", Map.of("values", List.copyOf(allowed))));
    }
    if (column.constrained() && column.type().category() == TypeCategory.ENUM) {
      List<String> labels = examples(place);
      if (!labels.isEmpty()) {
        candidates.add(MaskSpec.of("pick", Map.of("values", List.copyOf(labels))));
      }
    }
    return candidates;
  }

  private List<String> examples(KeyGroups.Place place) {
    return trial.examples(place.table(), Set.of(place.column())).stream()
        .flatMap(example -> example.values().stream())
        .toList();
  }

  /** All dates of one row get the same shift, so that their order stays. */
  private MaskSpec spec(String name, KeyGroups.Place place, Column column) {
    if (name.equals("date-shift") && TIMES.contains(column.type().category())) {
      return shiftBy(place)
          .map(key -> MaskSpec.of(name, Map.of("by", key)))
          .orElse(MaskSpec.of(name));
    }
    return MaskSpec.of(name);
  }

  /**
   * The column that decides the shift of all dates of a row. If a unique key of several columns
   * holds a date, it is another column of that key, so that the key stays unique; otherwise it is
   * the primary key, or else one of the dates themselves.
   */
  private Optional<String> shiftBy(KeyGroups.Place place) {
    List<UniqueKey> ofTable =
        schema.uniqueKeys().stream().filter(k -> k.table().equals(place.table())).toList();
    Optional<String> ofDates =
        ofTable.stream()
            .filter(k -> k.columns().stream().anyMatch(c -> isTime(place, c)))
            .flatMap(k -> k.plain().stream())
            .filter(c -> isKeptKey(new KeyGroups.Place(place.table(), c)))
            .findFirst();
    return ofDates
        .or(
            () ->
                ofTable.stream()
                    .filter(k -> k.kind() == UniqueKey.Kind.PRIMARY_KEY && k.columns().size() == 1)
                    .map(k -> k.columns().getFirst())
                    .filter(c -> !c.equals(place.column()))
                    .findFirst())
        .or(() -> orderedDate(place));
  }

  /**
   * The date that decides the shift where a CHECK orders the dates of rows without a key. It is the
   * same for all dates of the table. If it is NULL, the others get other shifts, so it may be NULL
   * only if each such CHECK compares it with one other column, and so lets the row in.
   */
  private Optional<String> orderedDate(KeyGroups.Place place) {
    if (orders(place.table(), place.column()).isEmpty()) {
      return Optional.empty();
    }
    List<String> dates =
        schema.table(place.table()).stream()
            .flatMap(table -> table.columns().stream())
            .map(Column::name)
            .filter(name -> isTime(place, name) && !orders(place.table(), name).isEmpty())
            .toList();
    return dates.stream()
        .filter(name -> !keys.mayBeNull(new KeyGroups.Place(place.table(), name)))
        .findFirst()
        .or(
            () ->
                dates.stream()
                    .filter(
                        by ->
                            dates.stream()
                                .flatMap(name -> orders(place.table(), name).stream())
                                .allMatch(c -> c.columns().size() == 2 && c.columns().contains(by)))
                    .findFirst());
  }

  /** The CHECKs that compare a column with others. */
  private List<ColumnFacts.Check> orders(TableName table, String column) {
    return schema.facts(table, column).checks().stream()
        .filter(check -> check.columns().size() > 1)
        .toList();
  }

  boolean isTime(KeyGroups.Place place, String name) {
    return schema
        .table(place.table())
        .flatMap(t -> t.column(name))
        .filter(c -> TIMES.contains(c.type().category()))
        .isPresent();
  }

  /** Whether the column is a surrogate key or refers to one. */
  private boolean isKeptKey(KeyGroups.Place place) {
    return keys.group(place).stream().anyMatch(keys::surrogate);
  }

  private ColumnFacts facts(KeyGroups.Place place) {
    return schema.facts(place.table(), place.column());
  }

  /** Texts that a CHECK with a simple regular expression lets in. */
  private static Optional<MaskSpec> pattern(Column column, CheckFit fit) {
    if (column.type().category() != TypeCategory.TEXT) {
      return Optional.empty();
    }
    int longest = column.type().maxLength();
    return fit.pattern(longest < 0 ? Integer.MAX_VALUE : longest)
        .map(value -> MaskSpec.of("pattern", Map.of("value", value)));
  }

  /** The same harmless value for all rows; empty if no such value is known. */
  private List<MaskSpec> constants(KeyGroups.Place place, Column column, CheckFit fit) {
    List<String> allowed = facts(place).allowed();
    Object harmlessValue = HarmlessValues.of(column.type()).orElse(null);
    Object value =
        !allowed.isEmpty()
            ? allowed.getFirst()
            : harmlessValue instanceof Number && column.constrained()
                ? fit.number().<Object>map(n -> n).orElse(harmlessValue)
                : harmlessValue;
    List<MaskSpec> constants = new ArrayList<>();
    if (value != null) {
      constants.add(MaskSpec.of("constant", Map.of("value", value)));
    }
    if (column.constrained()) {
      examples(place).forEach(example -> constants.add(constant(column, example)));
    }
    return constants;
  }

  /** A constant in the form that a policy writes for the type. */
  static MaskSpec constant(Column column, String text) {
    Object value =
        switch (column.type().category()) {
          case SMALLINT, INTEGER, BIGINT -> Long.valueOf(text);
          case NUMERIC, FLOAT -> number(text);
          case BOOLEAN -> text.equals("t");
          default -> text;
        };
    return MaskSpec.of("constant", Map.of("value", value));
  }

  private static Object number(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.stripTrailingZeros().scale() <= 0 && number.precision() < 18
        ? (Object) number.longValueExact()
        : (Object) number.doubleValue();
  }
}
