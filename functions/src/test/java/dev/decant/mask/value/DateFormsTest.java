package dev.decant.mask.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DateFormsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1962/2/18 | 1962-02-18
          2002-8-4 0:00:00 | 2002-08-04 0:00:00
          19620218 | 1962-02-18
          2/18/1962 10:30 PM | 1962-02-18 10:30 PM
          10-11-1937 | 1937-10-11
          18 Feb 1962 | 1962-02-18
          18-FEB-1962 | 1962-02-18
          February 18, 1962 | 1962-02-18
          1962-Feb-18 | 1962-02-18
          """)
  void aDateOfAScriptGetsIsoStyle(String written, String iso) {
    assertThat(iso(written)).isEqualTo(iso);
  }

  /** The server refuses the first two, too. */
  @ParameterizedTest
  @ValueSource(strings = {"18/2/1962", "1962-13-01", "tomorrow", "18 Foo 1962", "1.5", ""})
  void anotherTextHasNoIsoStyle(String written) {
    assertThat(iso(written)).isNull();
  }

  @Test
  void onlyTheGivenPartOfTheBufferIsRead() {
    byte[] row = "7\t1962/2/18\tx".getBytes(ISO_8859_1);
    assertThat(DateForms.iso(row, 2, 11)).isEqualTo("1962-02-18".getBytes(ISO_8859_1));
  }

  private static @Nullable String iso(String written) {
    byte[] bytes = written.getBytes(ISO_8859_1);
    byte[] iso = DateForms.iso(bytes, 0, bytes.length);
    return iso == null ? null : new String(iso, ISO_8859_1);
  }
}
