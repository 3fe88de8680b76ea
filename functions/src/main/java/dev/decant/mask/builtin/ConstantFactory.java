package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** {@code constant}: the same value for all rows. */
final class ConstantFactory extends BuiltInFactory {
  ConstantFactory() {
    super(
        "constant",
        EnumSet.allOf(TypeCategory.class),
        MaskOption.required("value", MaskOption.Kind.SCALAR));
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    if (!new Options(spec).has("value")) {
      return "constant needs a value: { mask: constant, value: … }";
    }
    return Literals.problem(text(spec, column), column.type());
  }

  private static String text(MaskSpec spec, Column column) {
    String text = new Options(spec).text("value", "");
    if (column.type().category() == TypeCategory.BOOLEAN) {
      // As COPY shows it.
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
