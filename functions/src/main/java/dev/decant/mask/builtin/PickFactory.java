package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code pick}: one of some values, or lines of a file; of an enum's labels where none are given.
 */
final class PickFactory extends BuiltInFactory {
  PickFactory() {
    super(
        "pick",
        and(TEXT, TypeCategory.ENUM),
        MaskOption.optional("values", MaskOption.Kind.LIST),
        MaskOption.optional("file", MaskOption.Kind.FILE));
  }

  private static List<String> values(MaskSpec spec, Column column) {
    Options options = new Options(spec);
    if (options.has("values")) {
      return options.texts("values");
    }
    return options.has("file") ? options.texts("file") : column.type().labels();
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    Options options = new Options(spec);
    if (options.has("values") && options.has("file")) {
      return "pick takes values or file, not both";
    }
    List<String> values = values(spec, column);
    if (values.isEmpty()) {
      return "pick needs values: { mask: pick, values: [a, b] }, or a file with a line for each";
    }
    for (int i = 0; i < values.size(); i++) {
      String problem = Literals.problem(values.get(i), column.type());
      if (problem != null) {
        return "value " + (i + 1) + " of pick: " + problem;
      }
    }
    return null;
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
