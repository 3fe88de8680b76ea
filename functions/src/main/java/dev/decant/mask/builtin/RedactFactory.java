package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.schema.Column;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code redact}: {@code [redacted]} or another word in place of each text, cut to the length of
 * the column.
 */
final class RedactFactory extends BuiltInFactory {
  private static final String WORD = "[redacted]";

  RedactFactory() {
    super(
        MaskTraits.of("redact", "Writes one word into all rows: `Max` → `[redacted]`.", TEXT)
            .tracing(Tracing.LONG_TEXTS),
        MaskOption.optional("value", MaskOption.Kind.STRING).usually(WORD));
  }

  private static String text(MaskSpec spec) {
    return new OptionValues(spec).text("value", WORD);
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    return new OptionValues(spec).has("value") ? Literals.problem(text(spec), column.type()) : null;
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
