package dev.decant.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholderTest {
  @ParameterizedTest
  @ValueSource(strings = {"image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff"})
  void anImageIsOnePixel(String type) throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(Placeholder.of("a", type).content()));
    assertThat(image.getWidth()).isEqualTo(1);
    assertThat(image.getHeight()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "image/webp,RIFF",
    "image/avif,....ftypavif",
    "image/svg+xml,<svg",
    "application/pdf,%PDF-1.4"
  })
  void whatTheJdkCannotReadBeginsAsItMust(String type, String begin) {
    String text =
        new String(Placeholder.of("a", type).content(), StandardCharsets.ISO_8859_1)
            .replaceFirst("^\0\0\0.", "....");
    assertThat(text).startsWith(begin);
  }

  @Test
  void theTableOfThePdfPointsAtItsObjects() {
    String pdf = new String(Placeholder.ofName("a.pdf").content(), StandardCharsets.US_ASCII);
    int table = Integer.parseInt(pdf.replaceFirst("(?s).*startxref\n(\\d+)\n.*", "$1"));
    assertThat(pdf.substring(table)).startsWith("xref\n0 4\n");
    String[] entries = pdf.substring(table).split("\n", -1);
    for (int object = 1; object <= 3; object++) {
      int at = Integer.parseInt(entries[object + 2].substring(0, 10));
      assertThat(pdf.substring(at)).startsWith(object + " 0 obj\n");
      assertThat(entries[object + 2]).hasSize(19);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.bin,image/png,a.png,''",
    "a.bin,IMAGE/PNG; x=y,a.png,''",
    "photo.JPG,binary/octet-stream,a.jpeg,''",
    "photo.webp,'',a.webp,''",
  })
  void theTypeTellsThenTheName(String key, String type, String sameKey, String sameType) {
    assertThat(Placeholder.of(key, type)).isSameAs(Placeholder.of(sameKey, sameType));
  }

  @ParameterizedTest
  @CsvSource({"a.jpg,text/html", "noextension,''", "a.b/c,''", "a.mp4,video/mp4"})
  void otherKindsAreEmpty(String key, String type) {
    assertThat(Placeholder.of(key, type).content()).isEmpty();
  }

  @Test
  void theBytesNeverChange() {
    assertThat(Placeholder.ALL)
        .extracting(Placeholder::etag)
        .containsExactly(
            "6b68c1a6f0bb0cf91b43fa05c044e2b2",
            "70b24adf782a6c848164380b1abe95c0",
            "2806ba19a269761c7689fe3530d5d915",
            "090aa4e0fd10db081fe81cad29647148",
            "2ca7bed4b2606956b73141ab916b7bbd",
            "5294c6c95966c0c19963ecd1f2aaf978",
            "7c424007c4c7fdab29bea5c48bb80553",
            "bde3c76b55aa7f26bf987c0ca1d7ad35",
            "96c688b9bbd8a2d4012c319f1af8cf5d",
            "d41d8cd98f00b204e9800998ecf8427e");
  }
}
