package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.BlankPdf;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/** {@code placeholder}: a picture or document of minimal size in place of each file. */
final class PlaceholderFactory extends BuiltInFactory {
  /** A PNG (ISO/IEC 15948) with one transparent pixel. */
  private static final String PNG =
      "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
          + "0000000b4944415478da636000020000050001e9fadcd80000000049454e44ae426082";

  PlaceholderFactory() {
    super(
        MaskTraits.of(
            "placeholder",
            "Writes a picture of one pixel, a page without text, or no bytes.",
            Set.of(TypeCategory.BYTEA)),
        MaskOption.choice("kind", "png", "pdf", "empty").usually("empty"));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    String hex =
        switch (new OptionValues(spec).text("kind", "empty")) {
          case "png" -> PNG;
          case "pdf" -> HexFormat.of().formatHex(BlankPdf.bytes());
          default -> "";
        };
    byte[] file = ("\\x" + hex).getBytes(StandardCharsets.US_ASCII);
    return (value, from, to, row, out) -> {
      out.append(file);
      return true;
    };
  }
}
