package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.json.Json;
import dev.decant.mask.json.JsonPath;
import dev.decant.mask.json.JsonRewriter;
import dev.decant.mask.json.JsonRules;
import dev.decant.mask.json.JsonRules.Rule;
import dev.decant.mask.value.CalendarDay;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code json}: masks the values of a document by their path or key, and all other values by {@code
 * other}. Without {@code other}, strings get {@code scramble} and numbers get {@code noise}. The
 * words true, false and null stay, and so do names of members, except those of {@code keys-of}. If
 * a mask does not serve numbers, a whole number gets other digits and another number gets another
 * value, so that a document keeps its types. A text that is not JSON is scrambled as a whole. A
 * document that nests deeper than {@value JsonRewriter#MAX_DEPTH}, or does not fit the column
 * afterwards, becomes {@code {}}. With {@code unique}, each document gets a hash of its raw value,
 * so that different documents stay different.
 */
final class JsonFactory extends BuiltInFactory {
  private static final Column STRINGS = column("text", TypeCategory.TEXT);
  private static final Column INTEGERS_IN = column("bigint", TypeCategory.BIGINT);
  private static final Column NUMBERS = column("numeric", TypeCategory.NUMERIC);
  private static final Column TIMES = column("timestamp without time zone", TypeCategory.TIMESTAMP);
  private static final byte[] NOTHING = {'{', '}'};
  private static final MaskSpec SCRAMBLE = MaskSpec.of("scramble");
  private static final MaskSpec NOISE = MaskSpec.of("noise");
  private static final MaskSpec STRONG_NOISE = MaskSpec.of("noise", Map.of("percent", 100L));

  private final Function<String, Optional<MaskFactory>> factories;

  JsonFactory(Function<String, Optional<MaskFactory>> factories) {
    super(
        MaskTraits.of(
            "json",
            "Masks the strings and numbers in a document, by path or by key (see below). With"
                + " `unique`, an object gets a member `_unique` with a hash of the raw value.",
            and(TEXT, TypeCategory.JSON)),
        MaskOption.optional("keep", MaskOption.Kind.LIST),
        MaskOption.optional("columns", MaskOption.Kind.MASKS),
        MaskOption.optional("keys", MaskOption.Kind.MASKS),
        MaskOption.optional("keys-of", MaskOption.Kind.PATHS),
        MaskOption.optional("other", MaskOption.Kind.MASK),
        UniqueHash.OPTION);
    this.factories = factories;
  }

  private static Column column(String name, TypeCategory category) {
    return new Column("json", ColumnType.of(name, category), false, false, false);
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    OptionValues options = new OptionValues(spec);
    Set<String> paths = new HashSet<>();
    for (String path : options.texts("keep")) {
      String problem = pathProblem(path, paths);
      if (problem != null) {
        return problem;
      }
    }
    for (Map.Entry<String, MaskSpec> entry : options.masks("columns").entrySet()) {
      String problem = pathProblem(entry.getKey(), paths);
      problem = problem != null ? problem : maskProblem(entry.getKey(), entry.getValue());
      if (problem != null) {
        return problem;
      }
    }
    for (Map.Entry<String, MaskSpec> entry : options.masks("keys").entrySet()) {
      String problem = maskProblem("key " + entry.getKey(), entry.getValue());
      if (problem != null) {
        return problem;
      }
    }
    if (options.value("other") instanceof MaskSpec other) {
      String problem = maskProblem("other", other);
      if (problem != null) {
        return problem;
      }
    }
    for (Map.Entry<String, MaskSpec> entry : memberNames(options).entrySet()) {
      String problem = pathProblem(entry.getKey(), new HashSet<>());
      problem = problem != null ? problem : nameProblem(entry.getKey(), entry.getValue());
      if (problem != null) {
        return problem;
      }
    }
    if (UniqueHash.isWanted(spec) && column.type().category() != TypeCategory.JSON) {
      return "The option unique serves json and jsonb only. Remove it, or write scramble.";
    }
    return TextLimit.of(column.type()).max() < NOTHING.length
        ? "The type " + column.type().name() + " is too short for JSON. Write scramble."
        : null;
  }

  @Override
  public boolean injective(MaskSpec spec, Column column) {
    return UniqueHash.isWanted(spec);
  }

  /** The masks for the names of members, by the path of their object. */
  private static Map<String, MaskSpec> memberNames(OptionValues options) {
    Map<String, MaskSpec> masks = new TreeMap<>(options.masks("keys-of"));
    options.texts("keys-of").forEach(path -> masks.put(path, SCRAMBLE));
    return masks;
  }

  private @Nullable String nameProblem(String path, MaskSpec mask) {
    String where = "In keys-of " + path + ": ";
    Optional<MaskFactory> factory = factories.apply(mask.name());
    if (factory.isEmpty()) {
      return where + "The mask " + mask.name() + " does not exist. Write another one.";
    }
    String problem = factory.get().refusal(mask, STRINGS);
    return problem != null
        ? where + problem
        : mask.name().equals("nullify")
            ? where + "A name cannot be NULL. Write another mask, for example scramble or hash."
            : null;
  }

  private static @Nullable String pathProblem(String path, Set<String> seen) {
    if (JsonPath.steps(path) == null) {
      return "\"" + path + "\" is not a path. Write $.name, $['any name'] or $.list[*].name.";
    }
    return seen.add(path) ? null : "The path " + path + " has two rules. Remove one of them.";
  }

  private @Nullable String maskProblem(String where, MaskSpec inner) {
    Optional<MaskFactory> factory = factories.apply(inner.name());
    if (factory.isEmpty()) {
      return "In " + where + ": The mask " + inner.name() + " does not exist. Write another one.";
    }
    String problem = factory.get().refusal(inner, STRINGS);
    for (Column served : List.of(INTEGERS_IN, NUMBERS, TIMES)) {
      problem = problem != null && factory.get().refusal(inner, served) == null ? null : problem;
    }
    return problem == null ? null : "In " + where + ": " + problem;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    OptionValues options = new OptionValues(spec);
    Rule other =
        options.value("other") instanceof MaskSpec mask
            ? rule(mask, false, kit)
            : new Rule.Masked(
                kit.mask(SCRAMBLE, STRINGS), kit.mask(NOISE, NUMBERS), kit.mask(NOISE, NUMBERS));
    JsonRules rules = new JsonRules(other);
    options.texts("keep").forEach(path -> rules.path(steps(path), new Rule.Keep()));
    options.masks("columns").forEach((path, mask) -> rules.path(steps(path), named(mask, kit)));
    options.masks("keys").forEach((key, mask) -> rules.key(key, named(mask, kit)));
    memberNames(options)
        .forEach((path, mask) -> rules.memberNames(steps(path), kit.mask(mask, STRINGS)));
    Mask mask =
        new JsonMask(
            new JsonRewriter(rules), kit.mask(SCRAMBLE, column("text", TypeCategory.TEXT)), column);
    return UniqueHash.isWanted(spec)
        ? UniqueHash.ofJson(mask, kit.prf(spec.effectiveRealm()))
        : mask;
  }

  private static List<JsonPath.Step> steps(String path) {
    List<JsonPath.Step> steps = JsonPath.steps(path);
    return steps == null ? List.of() : steps;
  }

  /** The rule of a path or key. A number at that place must not stay almost the same. */
  private Rule named(MaskSpec spec, MaskKit kit) {
    return rule(spec, true, kit);
  }

  /** The rule of a spec. Values that no path and no key names keep their objects and arrays. */
  private Rule rule(MaskSpec spec, boolean named, MaskKit kit) {
    return switch (spec.name()) {
      case "keep" -> new Rule.Keep();
      case "empty" -> new Rule.Empty(named);
      case "nullify" -> new Rule.Literal("null".getBytes(StandardCharsets.US_ASCII), named);
      case "constant" -> new Rule.Literal(literal(new OptionValues(spec).value("value")), named);
      default ->
          new Rule.Masked(texts(spec, kit), integers(spec, named, kit), numbers(spec, named, kit));
    };
  }

  private Mask integers(MaskSpec spec, boolean named, MaskKit kit) {
    if (serves(spec, INTEGERS_IN)) {
      return kit.mask(spec, INTEGERS_IN);
    }
    if (serves(spec, NUMBERS) || !named) {
      return numbers(spec, named, kit);
    }
    MaskSpec digits = new MaskSpec("phone", Map.of(), spec.effectiveRealm(), null);
    return kit.mask(digits, INTEGERS_IN);
  }

  private Mask numbers(MaskSpec spec, boolean named, MaskKit kit) {
    MaskSpec otherwise = named ? STRONG_NOISE : NOISE;
    return kit.mask(serves(spec, NUMBERS) ? spec : otherwise, NUMBERS);
  }

  private boolean serves(MaskSpec spec, Column column) {
    return factories
        .apply(spec.name())
        .map(factory -> factory.refusal(spec, column) == null)
        .orElse(false);
  }

  /** If the mask serves times but no texts, it serves the strings that begin with a date. */
  private Mask texts(MaskSpec spec, MaskKit kit) {
    if (serves(spec, STRINGS)) {
      return kit.mask(spec, STRINGS);
    }
    Mask scramble = kit.mask(SCRAMBLE, STRINGS);
    if (!serves(spec, TIMES)) {
      return scramble;
    }
    Mask times = kit.mask(spec, TIMES);
    CalendarDay date = new CalendarDay();
    return (value, from, to, row, out) ->
        (date.parse(value, from, to) ? times : scramble).apply(value, from, to, row, out);
  }

  private static byte[] literal(@Nullable Object value) {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Bytes json = new Bytes(bytes.length + 2);
      Json.encode(bytes, 0, bytes.length, json);
      return java.util.Arrays.copyOf(json.array(), json.length());
    }
    return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
  }

  private record JsonMask(JsonRewriter rewriter, Mask scramble, TextLimit limit, boolean text)
      implements Mask {
    JsonMask(JsonRewriter rewriter, Mask scramble, Column column) {
      this(
          rewriter,
          scramble,
          TextLimit.of(column.type()),
          column.type().category() == TypeCategory.TEXT);
    }

    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      int end = limit.end(value, from, to);
      int start = out.length();
      if (rewriter.rewrite(value, from, end, row, out)) {
        if (limit.fits(out, start)) {
          return true;
        }
      } else if (text && rewriter.depth() < JsonRewriter.MAX_DEPTH) {
        out.length(start);
        return scramble.apply(value, from, end, row, out);
      }
      out.length(start);
      out.append(NOTHING);
      return true;
    }
  }
}
