package dev.decant.mask.builtin;

import dev.decant.mask.Mask;
import dev.decant.mask.MaskKit;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;

/** {@code placeholder}: a smallest picture or document in place of each file. */
final class PlaceholderFactory extends BuiltInFactory {
  /** A PNG (ISO/IEC 15948) of one transparent pixel. */
  private static final String PNG =
      "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
          + "0000000b4944415478da636000020000050001e9fadcd80000000049454e44ae426082";

  PlaceholderFactory() {
    super(
        "placeholder",
        EnumSet.of(TypeCategory.BYTEA),
        MaskOption.choice("kind", "png", "pdf", "empty"));
  }

  @Override
  public Mask create(MaskSpec spec, Column column, MaskKit kit) {
    String hex =
        switch (new Options(spec).text("kind", "empty")) {
          case "png" -> PNG;
          case "pdf" -> HexFormat.of().formatHex(pdf().getBytes(StandardCharsets.US_ASCII));
          default -> "";
        };
    byte[] file = ("\\x" + hex).getBytes(StandardCharsets.US_ASCII);
    return (value, from, to, row, out) -> {
      out.append(file);
      return true;
    };
  }

  /** A PDF 1.4 (ISO 32000) of one empty page, with its table of objects. */
  static String pdf() {
    String[] objects = {
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"
    };
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    StringBuilder table = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.length; i++) {
      String offset = "000000000" + pdf.length();
      table.append(offset.substring(offset.length() - 10)).append(" 00000 n \n");
      pdf.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
    }
    int start = pdf.length();
    return pdf.append("xref\n0 ")
        .append(objects.length + 1)
        .append('\n')
        .append(table)
        .append("trailer\n<</Size ")
        .append(objects.length + 1)
        .append("/Root 1 0 R>>\nstartxref\n")
        .append(start)
        .append("\n%%EOF\n")
        .toString();
  }
}
