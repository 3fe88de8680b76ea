package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suggests a rule for a column that has none. The rule fits the type of the column, its keys and
 * its foreign keys. Only a column that is known to say nothing about a person is kept without a
 * mark.
 */
final class Suggestions {
  private final Schema schema;
  private final TableResolver tables;
  private final MaskCatalog masks;
  private final KeyGroups keys;

  Suggestions(Schema schema, TableResolver tables, MaskCatalog masks) {
    this.schema = schema;
    this.tables = tables;
    this.masks = masks;
    this.keys = new KeyGroups(schema, tables);
  }

  Suggestion of(TableName table, Column column) {
    KeyGroups.Place place = new KeyGroups.Place(table, column.name());
    Set<KeyGroups.Place> group = keys.group(place);
    Optional<String> special = SpecialCategories.of(table.name(), column.name());
    if (keys.surrogate(place)) {
      return Suggestion.sure("keep");
    }
    if (special.isPresent() && group.size() > 1 && !column.notNull() && keys.mayBeNull(place)) {
      return Suggestion.review("nullify", category(special.get()));
    }
    if (group.size() > 1) {
      return inGroup(column, group, special.map(Suggestions::category).orElse(null));
    }
    if (keys.inPartitionKey(place)) {
      return Suggestion.review("keep", "a partition key has to be kept");
    }
    return special.isPresent()
        ? special(place, column, special.get())
        : detected(place, column, Detection.of(column));
  }

  private static String category(String special) {
    return "special category of personal data (GDPR article 9), " + special;
  }

  /** The one rule for all columns that foreign keys tie together. */
  private Suggestion inGroup(Column column, Set<KeyGroups.Place> group, @Nullable String special) {
    for (KeyGroups.Place other : group) {
      Optional<ColumnRule> written = written(other);
      if (written.isPresent()) {
        return written.get().keeps()
            ? new Suggestion("keep", null, special)
            : new Suggestion("", other, special);
      }
    }
    if (group.stream().anyMatch(keys::surrogate)) {
      return new Suggestion("keep", null, special);
    }
    String mask =
        switch (column.type().category()) {
          case SMALLINT, INTEGER, BIGINT -> "id";
          case UUID -> "uuid";
          case TEXT -> "scramble";
          default -> "keep";
        };
    boolean serves =
        group.stream().noneMatch(keys::inPartitionKey)
            && group.stream().allMatch(p -> serves(mask, p, column));
    String why = "a key that foreign keys use; both ends need the same rule";
    return Suggestion.review(serves ? mask : "keep", special == null ? why : special + "; " + why);
  }

  private Optional<ColumnRule> written(KeyGroups.Place place) {
    return tables
        .of(place.table())
        .flatMap(r -> Optional.ofNullable(r.columns.get(place.column())));
  }

  /** Whether the mask serves another column of the group, which must have the same kind of type. */
  private boolean serves(String mask, KeyGroups.Place place, Column like) {
    return schema
        .table(place.table())
        .flatMap(t -> t.column(place.column()))
        .filter(c -> c.type().category() == like.type().category() && !c.constrained())
        .filter(c -> serves(MaskSpec.of(mask), c, keys.unique(place)))
        .isPresent();
  }

  /** A rule that leaves nothing of the value, if such a rule can serve the column. */
  private Suggestion special(KeyGroups.Place place, Column column, String special) {
    String why = category(special);
    if (!column.notNull() && keys.mayBeNull(place)) {
      return Suggestion.review("nullify", why);
    }
    List<MaskSpec> candidates = new ArrayList<>();
    constant(place, column).ifPresent(candidates::add);
    List.of("redact", "empty", "placeholder", "scramble", "id", "uuid", "hash", "date-shift")
        .forEach(name -> candidates.add(MaskSpec.of(name)));
    return Suggestion.review(first(place, column, candidates), why);
  }

  private Suggestion detected(KeyGroups.Place place, Column column, Detection.Detected detected) {
    List<String> names = new ArrayList<>(detected.masks());
    List<MaskSpec> candidates = new ArrayList<>();
    List<String> allowed = facts(place).allowed();
    if (!allowed.isEmpty()) {
      candidates.add(MaskSpec.of("pick", Map.of("values", List.copyOf(allowed))));
    } else if (column.constrained()) {
      names.addFirst("scramble");
    }
    names.addAll(List.of("scramble", "empty"));
    if (keys.mayBeNull(place)) {
      names.add("nullify");
    }
    names.forEach(
        name -> {
          if (name.equals("constant")) {
            constant(place, column).ifPresent(candidates::add);
          } else {
            candidates.add(MaskSpec.of(name));
          }
        });
    constant(place, column).ifPresent(candidates::add);
    String rule = first(place, column, candidates);
    if (column.constrained()) {
      return Suggestion.review(rule, "a CHECK reads it, which masked values have to pass");
    }
    boolean sure = detected.sure() && detected.masks().contains(rule);
    return sure ? Suggestion.sure(rule) : Suggestion.review(rule, unsure(place, rule));
  }

  private String unsure(KeyGroups.Place place, String rule) {
    return rule.equals("keep") && keys.unique(place)
        ? "kept as in production, since it is part of a unique key that a mask could break"
        : "decant cannot tell what it holds";
  }

  private ColumnFacts facts(KeyGroups.Place place) {
    return schema.facts(place.table(), place.column());
  }

  /** The same harmless value for all rows; empty if no such value is known. */
  private Optional<MaskSpec> constant(KeyGroups.Place place, Column column) {
    List<String> allowed = facts(place).allowed();
    Object value =
        !allowed.isEmpty() ? allowed.getFirst() : HarmlessValues.of(column.type()).orElse(null);
    return value == null
        ? Optional.empty()
        : Optional.of(MaskSpec.of("constant", Map.of("value", value)));
  }

  private String first(KeyGroups.Place place, Column column, List<MaskSpec> candidates) {
    boolean unique = keys.unique(place);
    return candidates.stream()
        .filter(spec -> serves(spec, column, unique))
        .findFirst()
        .map(Suggestions::yaml)
        .orElse("keep");
  }

  private boolean serves(MaskSpec spec, Column column, boolean unique) {
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

  private static String yaml(MaskSpec spec) {
    if (spec.options().isEmpty()) {
      return spec.name();
    }
    StringBuilder out = new StringBuilder("{ mask: ").append(spec.name());
    spec.options()
        .forEach((name, value) -> out.append(", ").append(name).append(": ").append(yaml(value)));
    return out.append(" }").toString();
  }

  private static String yaml(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(Suggestions::yaml).toList()) + "]";
    }
    return value instanceof String text ? YamlText.value(text) : value.toString();
  }
}
