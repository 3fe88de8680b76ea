package dev.decant.policy;

import dev.decant.detect.Category;
import dev.decant.detect.DocumentContents;
import dev.decant.detect.NameWords;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.TypeCategory;
import dev.decant.schema.UniqueKey;
import dev.decant.yaml.YamlText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses the mask for a column: the first candidate that serves its type, its length and its keys.
 */
final class MaskChoice {
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
  private final MaskCatalog masks;
  private final KeyGroups keys;
  private final Predicate<KeyGroups.Place> harmless;

  /**
   * Takes the schema.
   *
   * @param harmless whether a column shows nothing about a person, so that it is kept
   */
  MaskChoice(
      Schema schema, MaskCatalog masks, KeyGroups keys, Predicate<KeyGroups.Place> harmless) {
    this.schema = schema;
    this.masks = masks;
    this.keys = keys;
    this.harmless = harmless;
  }

  /** The mask for personal data of a category; {@code keep} if none serves. */
  MaskSpec of(KeyGroups.Place place, Column column, Category category) {
    List<MaskSpec> candidates = allowed(place);
    if (candidates.isEmpty() && column.constrained()) {
      candidates.add(MaskSpec.of("scramble"));
    }
    category.masks().forEach(name -> candidates.add(spec(name, place, column)));
    pattern(place, column).ifPresent(candidates::add);
    return orDoubtful(place, column, candidates);
  }

  /** The mask for a column of documents, with the paths that a sample shows. */
  Optional<MaskSpec> ofDocuments(KeyGroups.Place place, Column column, DocumentContents contents) {
    boolean unique = keys.unique(place);
    return DocumentRule.of(contents, spec -> serves(spec, column, unique))
        .filter(spec -> passes(spec, place, column));
  }

  /**
   * The mask for a column of which only the type is known; {@code keep} if no mask is sure to pass
   * its CHECKs.
   */
  MaskSpec byType(KeyGroups.Place place, Column column) {
    List<MaskSpec> candidates = allowed(place);
    if (isNumberOfSomething(column)) {
      candidates.add(MaskSpec.of("id"));
    }
    candidates(column.type().category()).forEach(name -> candidates.add(spec(name, place, column)));
    return first(place, column, candidates).orElse(MaskSpec.of("keep"));
  }

  /** The mask that leaves nothing of a value, if such a mask can serve the column. */
  MaskSpec leavingNothing(KeyGroups.Place place, Column column) {
    MaskSpec nullify = MaskSpec.of("nullify");
    if (!column.notNull() && keys.mayBeNull(place) && passes(nullify, place, column)) {
      return nullify;
    }
    List<MaskSpec> candidates = new ArrayList<>();
    constant(place, column).ifPresent(candidates::add);
    LEAVING_NOTHING.forEach(name -> candidates.add(spec(name, place, column)));
    return orDoubtful(place, column, candidates);
  }

  /** {@code invoice_no}, {@code customer_id}: another number of that kind, and no noise. */
  private static boolean isNumberOfSomething(Column column) {
    return NUMBER_OF.contains(NameWords.of(column.name()).getLast());
  }

  private static List<String> candidates(TypeCategory category) {
    return switch (category) {
      case TEXT -> List.of("scramble");
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> List.of("noise", "id");
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
      case BOOLEAN, TSVECTOR, TIME, INTERVAL, RANGE, COMPOSITE, OTHER -> List.of();
    };
  }

  /** If a CHECK lists the allowed values, only these can be picked. */
  private List<MaskSpec> allowed(KeyGroups.Place place) {
    List<String> allowed = facts(place).allowed();
    List<MaskSpec> candidates = new ArrayList<>();
    if (!allowed.isEmpty()) {
      candidates.add(MaskSpec.of("pick", Map.of("values", List.copyOf(allowed))));
    }
    return candidates;
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
   * the primary key.
   */
  private Optional<String> shiftBy(KeyGroups.Place place) {
    List<UniqueKey> ofTable =
        schema.uniqueKeys().stream().filter(k -> k.table().equals(place.table())).toList();
    Optional<String> ofDates =
        ofTable.stream()
            .filter(k -> k.columns().stream().anyMatch(c -> isTime(place, c)))
            .flatMap(k -> k.columns().stream())
            .filter(c -> isKeptKey(new KeyGroups.Place(place.table(), c)))
            .findFirst();
    return ofDates.or(
        () ->
            ofTable.stream()
                .filter(k -> k.kind() == UniqueKey.Kind.PRIMARY_KEY && k.columns().size() == 1)
                .map(k -> k.columns().getFirst())
                .filter(c -> !c.equals(place.column()))
                .findFirst());
  }

  private boolean isTime(KeyGroups.Place place, String name) {
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

  /**
   * The first mask that is sure to pass the CHECKs. If there is none, it is the first that serves
   * the column, so that personal data is not kept only because of a CHECK.
   */
  private MaskSpec orDoubtful(KeyGroups.Place place, Column column, List<MaskSpec> candidates) {
    return first(place, column, candidates)
        .or(() -> candidates.stream().filter(spec -> serves(spec, place, column)).findFirst())
        .orElse(MaskSpec.of("keep"));
  }

  /** Texts that a CHECK with a simple regular expression lets in. */
  private Optional<MaskSpec> pattern(KeyGroups.Place place, Column column) {
    if (column.type().category() != TypeCategory.TEXT) {
      return Optional.empty();
    }
    int longest = column.type().maxLength();
    return fit(place, column)
        .pattern(longest < 0 ? Integer.MAX_VALUE : longest)
        .map(value -> MaskSpec.of("pattern", Map.of("value", value)));
  }

  private Optional<MaskSpec> first(
      KeyGroups.Place place, Column column, List<MaskSpec> candidates) {
    candidates.add(MaskSpec.of("scramble"));
    candidates.add(MaskSpec.of("empty"));
    if (keys.mayBeNull(place)) {
      candidates.add(MaskSpec.of("nullify"));
    }
    constant(place, column).ifPresent(candidates::add);
    return candidates.stream()
        .filter(spec -> serves(spec, place, column) && passes(spec, place, column))
        .findFirst();
  }

  private boolean serves(MaskSpec spec, KeyGroups.Place place, Column column) {
    return serves(spec, column, keys.unique(place) && !keepsApart(spec, place));
  }

  /** Whether all values of the mask are sure to pass the CHECKs of the column. */
  boolean passes(MaskSpec spec, KeyGroups.Place place, Column column) {
    return fit(place, column).passes(spec);
  }

  private CheckFit fit(KeyGroups.Place place, Column column) {
    return new CheckFit(facts(place), column.constrained(), name -> isShifted(place, name));
  }

  /** Whether the dates of a column get the shift of their row. */
  private boolean isShifted(KeyGroups.Place place, String name) {
    KeyGroups.Place other = new KeyGroups.Place(place.table(), name);
    return isTime(place, name)
        && !keys.inPartitionKey(other)
        && !keys.unique(other)
        && !harmless.test(other);
  }

  /**
   * Whether all unique keys with this date stay unique, because rows with the same other columns
   * get the same shift.
   */
  private boolean keepsApart(MaskSpec spec, KeyGroups.Place place) {
    return keys.uniqueKeys(place).stream()
        .allMatch(key -> KeyCheck.shiftsAlike(spec, place.column(), key));
  }

  /** The same harmless value for all rows; empty if no such value is known. */
  private Optional<MaskSpec> constant(KeyGroups.Place place, Column column) {
    List<String> allowed = facts(place).allowed();
    Object harmlessValue = HarmlessValues.of(column.type()).orElse(null);
    Object value =
        !allowed.isEmpty()
            ? allowed.getFirst()
            : harmlessValue instanceof Number && column.constrained()
                ? fit(place, column).number().<Object>map(n -> n).orElse(harmlessValue)
                : harmlessValue;
    return value == null
        ? Optional.empty()
        : Optional.of(MaskSpec.of("constant", Map.of("value", value)));
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

  /** A rule in one line of YAML. */
  static String yaml(MaskSpec spec) {
    if (spec.options().isEmpty()) {
      return spec.name();
    }
    StringBuilder out = new StringBuilder("{ mask: ").append(spec.name());
    spec.options()
        .forEach((name, value) -> out.append(", ").append(name).append(": ").append(yaml(value)));
    return out.append(" }").toString();
  }

  private static String yaml(Object value) {
    if (value instanceof MaskSpec spec) {
      return yaml(spec);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(
              e ->
                  yaml(String.valueOf(e.getKey()))
                      + ": "
                      + yaml(Objects.requireNonNull(e.getValue())))
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(MaskChoice::yaml).toList()) + "]";
    }
    return value instanceof String text ? YamlText.value(text) : value.toString();
  }
}
