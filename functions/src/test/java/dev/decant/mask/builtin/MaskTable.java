package dev.decant.mask.builtin;

import dev.decant.mask.Disclosure;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the table of the built-in masks in Markdown. */
final class MaskTable {
  private static final int LONGEST = 255;
  private static final String HEAD =
      """
      | mask | effect | types | options | injective | traced |
      | --- | --- | --- | --- | --- | --- |
      """;

  private MaskTable() {}

  static String markdown() {
    return HEAD
        + BuiltInMasks.standard().names().stream()
            .map(name -> BuiltInMasks.standard().whole(name).orElseThrow())
            .filter(BuiltInFactory.class::isInstance)
            .map(factory -> row((BuiltInFactory) factory))
            .collect(Collectors.joining());
  }

  /** The table of the facts that each mask hides and lets through. */
  static String disclosures() {
    return "| mask | hides | lets through |\n| --- | --- | --- |\n"
        + BuiltInMasks.standard().names().stream()
            .map(name -> BuiltInMasks.standard().whole(name).orElseThrow())
            .filter(BuiltInFactory.class::isInstance)
            .map(
                factory -> {
                  Disclosure disclosure = factory.disclosure().orElseThrow();
                  return "| `%s` | %s | %s |\n"
                      .formatted(factory.name(), disclosure.hides(), disclosure.letsThrough());
                })
            .collect(Collectors.joining());
  }

  private static String row(BuiltInFactory factory) {
    return "| "
        + String.join(
            " | ",
            "`" + factory.name() + "`",
            factory.traits().summary(),
            types(factory),
            factory.options().stream().map(MaskTable::option).collect(Collectors.joining("; ")),
            injective(factory),
            switch (factory.traits().tracing()) {
              case NONE -> "no";
              case EVERY -> "yes";
              case TWO_WORDS -> "from two words up";
              case LONG_TEXTS -> "from 12 characters up";
            })
        + " |\n";
  }

  private static String types(BuiltInFactory factory) {
    return factory.types().size() == TypeCategory.values().length
        ? "all"
        : EnumSet.copyOf(factory.types()).stream()
            .map(MaskTable::type)
            .collect(Collectors.joining(", "));
  }

  private static String type(TypeCategory category) {
    return switch (category) {
      case FLOAT -> "real, double precision";
      case JSON -> "json, jsonb";
      case ENUM -> "enums";
      case ARRAY -> "arrays";
      case RANGE -> "ranges";
      case COMPOSITE -> "composite types";
      case OTHER -> "other types";
      default -> category.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String option(MaskOption option) {
    String kind =
        option.kind() == MaskOption.Kind.CHOICE
            ? option.choices().stream()
                .map(choice -> "`" + choice + "`")
                .collect(Collectors.joining(", "))
            : kind(option.kind());
    String rest =
        option.required()
            ? ", required"
            : option.usual().isEmpty() ? "" : ", default " + option.usual();
    return "`" + option.name() + "` (" + kind + rest + ")";
  }

  private static String kind(MaskOption.Kind kind) {
    return switch (kind) {
      case STRING -> "text";
      case SCALAR -> "text, number or boolean";
      case INTEGER -> "whole number";
      case NUMBER -> "number";
      case BOOLEAN -> "true or false";
      case CHOICE -> "word";
      case LIST -> "list";
      case TEMPLATE -> "text with `{column}`";
      case COLUMN -> "column";
      case FILE -> "file";
      case MASK -> "mask";
      case MASKS -> "map of masks";
      case PATHS -> "path, list of paths, or map of masks";
    };
  }

  /** Whether the mask is injective; for texts also the shortest column in which it is. */
  private static String injective(BuiltInFactory factory) {
    if (factory instanceof CompositeFactory) {
      return "if the masks of all fields are";
    }
    if (factory.options().contains(UniqueHash.OPTION)) {
      return "with `unique`";
    }
    boolean template =
        factory.options().stream().anyMatch(o -> o.kind() == MaskOption.Kind.TEMPLATE);
    MaskSpec spec =
        template
            ? MaskSpec.of(factory.name(), Map.of("value", "{id}"))
            : MaskSpec.of(factory.name());
    if (factory.types().stream().noneMatch(type -> factory.injective(spec, column(type, -1)))) {
      return "no";
    }
    int shortest =
        factory.types().contains(TypeCategory.TEXT)
            ? IntStream.rangeClosed(1, LONGEST)
                .filter(length -> factory.injective(spec, column(TypeCategory.TEXT, length)))
                .findFirst()
                .orElseThrow()
            : 1;
    String yes = template ? "if it reads a key" : "yes";
    return shortest == 1 ? yes : yes + "; text from `varchar(" + shortest + ")`";
  }

  private static Column column(TypeCategory category, int length) {
    ColumnType type =
        new ColumnType(
            category.name().toLowerCase(Locale.ROOT),
            category,
            length,
            -1,
            -1,
            List.of(),
            null,
            false);
    return new Column("c", type, false, false, false);
  }
}
