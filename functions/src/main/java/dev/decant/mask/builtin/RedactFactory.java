package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code redact}: {@code [redacted]}, or another word, cut to what fits, in place of each text. */
final class RedactFactory extends BuiltInFactory {
  RedactFactory() {
    super("redact", TEXT, MaskOption.optional("value", MaskOption.Kind.STRING));
  }

  private static String text(MaskSpec spec) {
    return new Options(spec).text("value", "[redacted]");
  }

  @Override
  @Nullable String problem(MaskSpec spec, Column column) {
    return new Options(spec).has("value") ? Literals.problem(text(spec), column.type()) : null;
  }

  @Override
  public boolean traced(MaskSpec spec) {
    return true;
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    byte[] text = text(spec).getBytes(StandardCharsets.UTF_8);
    return new TextMask(column) {
      @Override
      void write(byte[] value, int from, int to, RowView row, Bytes out) {
        out.append(text);
      }
    };
  }
}
