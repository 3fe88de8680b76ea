package dev.decant.mask.builtin;

import static dev.decant.mask.builtin.MaskTraits.TEXT;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.Tracing;
import dev.decant.schema.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code template}: a text in which the values of kept columns of the same row replace their names
 * in braces. A doubled brace stands for a single one. A NULL adds nothing.
 */
final class TemplateFactory extends BuiltInFactory {
  /** The number of characters that a key may take, as many as a bigint has. */
  private static final int KEY = 20;

  TemplateFactory() {
    super(
        MaskTraits.of(
                "template",
                "Fills the values of kept columns into a text: `hello{id}@example.com` →"
                    + " `hello17@example.com`.",
                TEXT)
            .tracing(Tracing.LONG_TEXTS),
        MaskOption.required("value", MaskOption.Kind.TEMPLATE));
  }

  /** A part of a template: a text or the name of a column. */
  private record Part(String text, boolean column) {}

  /** The parts of a template, or null if a brace is not closed. */
  private static @Nullable List<Part> parts(String template) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      boolean doubled = i + 1 < template.length() && template.charAt(i + 1) == c;
      if (c == '{' && !doubled) {
        int close = template.indexOf('}', i);
        if (close <= i + 1) {
          return null;
        }
        parts.add(new Part(text.toString(), false));
        parts.add(new Part(template.substring(i + 1, close), true));
        text.setLength(0);
        i = close;
      } else {
        text.append(c);
        i += (c == '{' || c == '}') && doubled ? 1 : 0;
      }
    }
    parts.add(new Part(text.toString(), false));
    return parts;
  }

  private static List<Part> partsOf(MaskSpec spec) {
    List<Part> parts = parts(new OptionValues(spec).text("value", ""));
    return parts == null ? List.of() : parts;
  }

  @Override
  public @Nullable String problem(MaskSpec spec, Column column) {
    List<Part> parts = parts(new OptionValues(spec).text("value", ""));
    if (parts == null) {
      return "A brace of the template is not closed, or no column stands in it. Write {column}, or"
          + " {{ for a brace.";
    }
    String literal =
        parts.stream().filter(p -> !p.column()).map(Part::text).reduce("", String::concat);
    return TextLimit.of(column.type()).fits(literal)
        ? null
        : "The type "
            + column.type().name()
            + " is too short for the text of the template. Write a shorter one.";
  }

  /**
   * Whether the template reads a column whose values fit completely. The check against the schema
   * decides whether this column is a key.
   */
  @Override
  public boolean injective(MaskSpec spec, Column column) {
    TextLimit limit = TextLimit.of(column.type());
    int length = 0;
    int needed = 0;
    for (Part part : partsOf(spec)) {
      length += part.column() ? KEY : limit.length(part.text());
      needed = part.column() ? length : needed;
    }
    return needed > 0 && needed <= limit.max();
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    List<Part> parts = partsOf(spec);
    byte[][] texts = new byte[parts.size()][];
    int[] fields = new int[parts.size()];
    for (int p = 0; p < fields.length; p++) {
      Part part = parts.get(p);
      texts[p] = part.text().getBytes(StandardCharsets.UTF_8);
      fields[p] = part.column() ? field(part.text(), kit) : -1;
    }
    TextLimit limit = TextLimit.of(column.type());
    return (value, from, to, row, out) -> {
      int start = out.length();
      for (int p = 0; p < fields.length; p++) {
        append(texts[p], fields[p], row, out);
      }
      limit.cut(out, start);
      return true;
    };
  }

  private static int field(String column, MaskKit kit) {
    return kit.field(column)
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.POLICY_INVALID,
                    "The template reads the column "
                        + column
                        + ", which the rows do not have. Write a column of the rows."));
  }

  private static void append(byte[] text, int field, RowView row, Bytes out) {
    if (field < 0) {
      out.append(text);
    } else if (!row.isNull(field)) {
      row.select(field);
      out.append(row.bytes(), row.from(), row.to());
    }
  }
}
