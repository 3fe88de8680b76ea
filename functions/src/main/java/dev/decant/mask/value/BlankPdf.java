package dev.decant.mask.value;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A PDF 1.4 (ISO 32000) of one blank page. Its bytes never change. */
public final class BlankPdf {
  private BlankPdf() {}

  /** The file. The array is the caller's. */
  public static byte[] bytes() {
    String[] objects = {
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"
    };
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    // The cross-reference table states at which byte each object begins.
    StringBuilder table = new StringBuilder("xref\n0 4\n0000000000 65535 f \n");
    for (int i = 0; i < objects.length; i++) {
      table.append(String.format(Locale.ROOT, "%010d 00000 n \n", pdf.length()));
      pdf.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
    }
    int start = pdf.length();
    pdf.append(table).append("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n").append(start);
    return pdf.append("\n%%EOF\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
