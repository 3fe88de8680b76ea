package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.ALL;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code constant}: the same value in all rows. */
final class ConstantFactory extends BuiltInFactory {
  ConstantFactory() {
    super(
        MaskTraits.of(
            "constant", "Writes the same value into all rows: `Max` → `Anonymized User`.", ALL),
        MaskOption.required("value", MaskOption.Kind.SCALAR));
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    if (!new OptionValues(spec).has("value")) {
      return "The mask constant has no value. Write { mask: constant, value: … }.";
    }
    return Literals.problem(text(spec, column), column.type());
  }

  private static String text(MaskSpec spec, Column column) {
    String text = new OptionValues(spec).text("value", "");
    if (column.type().category() == TypeCategory.BOOLEAN) {
      // COPY shows booleans as t and f.
      return text.equals("true") ? "t" : text.equals("false") ? "f" : text;
    }
    return text;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    byte[] constant = text(spec, column).getBytes(StandardCharsets.UTF_8);
    return (value, from, to, row, out) -> {
      out.append(constant);
      return true;
    };
  }
}
