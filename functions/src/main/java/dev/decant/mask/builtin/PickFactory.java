package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;
import static dev.decant.mask.builtin.MaskTraits.and;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.WrittenValues;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code pick}: one of some values, or one of the lines of a file. An enum column may have neither;
 * then one of its labels is picked.
 */
final class PickFactory extends BuiltInFactory {
  PickFactory() {
    super(
        MaskTraits.of(
            "pick",
            "Picks one of the `values`, one of the lines of a `file`, or one of the labels of an"
                + " enum: `gold` → `silver`.",
            and(TEXT, TypeCategory.ENUM)),
        MaskOption.optional("values", MaskOption.Kind.LIST),
        MaskOption.optional("file", MaskOption.Kind.FILE));
  }

  private static List<String> values(MaskSpec spec, Column column) {
    OptionValues options = new OptionValues(spec);
    if (options.has("values")) {
      return options.texts("values");
    }
    return options.has("file") ? options.texts("file") : column.type().labels();
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    OptionValues options = new OptionValues(spec);
    if (options.has("values") && options.has("file")) {
      return "The mask pick has both values and file. Remove one of them.";
    }
    List<String> values = values(spec, column);
    if (values.isEmpty()) {
      return "The mask pick has no values. Write { mask: pick, values: [a, b] }, or name a file"
          + " with one value a line.";
    }
    for (int i = 0; i < values.size(); i++) {
      String problem = Literals.problem(values.get(i), column.type());
      if (problem != null) {
        return "In value " + (i + 1) + " of pick: " + problem;
      }
    }
    return null;
  }

  @Override
  public Optional<WrittenValues> written(MaskSpec spec, Column column, Locale locale) {
    Set<String> values = Set.copyOf(values(spec, column));
    TextLimit limit = TextLimit.of(column.type());
    return Optional.of(
        (value, from, to) ->
            values.contains(
                new String(
                    value, from, limit.end(value, from, to) - from, StandardCharsets.UTF_8)));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    Prf prf = kit.prf(spec.effectiveRealm());
    TextLimit limit = TextLimit.of(column.type());
    byte[][] values =
        values(spec, column).stream()
            .map(v -> v.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return (value, from, to, row, out) -> {
      long bits = prf.hash(value, from, limit.end(value, from, to));
      out.append(values[Prf.choose(bits, values.length)]);
      return true;
    };
  }
}
