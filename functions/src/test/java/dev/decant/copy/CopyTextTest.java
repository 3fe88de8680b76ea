package dev.decant.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTextTest {
  private static byte[] escaped(byte[] value) {
    Bytes out = new Bytes(1);
    out.append("before\\");
    int mark = out.length();
    CopyText.escape(value, 0, value.length, out);
    return Arrays.copyOfRange(out.array(), mark, out.length());
  }

  private static byte[] unescaped(byte[] raw) {
    Bytes out = new Bytes(1);
    CopyText.unescape(raw, 0, raw.length, out);
    return Arrays.copyOf(out.array(), out.length());
  }

  @Test
  void everyByteValueRoundTrips() {
    for (int b = 0; b < 256; b++) {
      byte[] value = {'a', (byte) b, 'z'};
      assertThat(unescaped(escaped(value))).isEqualTo(value);
    }
  }

  @Test
  void everyPairOfBytesRoundTripsAndHoldsNoDelimiter() {
    for (int pair = 0; pair < 65536; pair++) {
      byte[] value = {(byte) (pair >> 8), (byte) pair};
      byte[] raw = escaped(value);
      assertThat(unescaped(raw)).isEqualTo(value);
      assertThat(raw).doesNotContain('\t', '\n', '\r');
      assertThat(CopyText.isNull(raw, 0, raw.length)).isFalse();
    }
  }

  @Test
  void randomValuesRoundTrip() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      byte[] value = new byte[random.nextInt(200)];
      random.nextBytes(value);
      assertThat(unescaped(escaped(value))).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\\101', A",
    "'\\1019', A9",
    "'\\x42', B",
    "'\\x4', '\u0004'",
    "'\\xg', xg",
    "'\\q', q",
    "'\\N\\N', NN",
    "'\\\\N', '\\N'",
    "'\\\\.', '\\.'",
    "'a\\', 'a\\'",
    "'\\b\\f\\n\\r\\t\\v', '\b\f\n\r\t\u000b'",
  })
  void takesAllThatTheServerTakes(String raw, String value) {
    assertThat(unescaped(raw.getBytes(ISO_8859_1))).isEqualTo(value.getBytes(ISO_8859_1));
  }

  @Test
  void writesTheEscapesOfPgDumpAndNoOthers() {
    byte[] all = new byte[256];
    for (int b = 0; b < 256; b++) {
      all[b] = (byte) b;
    }
    String raw = new String(escaped(all), ISO_8859_1);
    assertThat(raw).hasSize(256 + 7).contains("\\b", "\\t", "\\n", "\\v", "\\f", "\\r", "\\\\");
  }

  @Test
  void nullIsToldOnTheRawField() {
    assertThat(CopyText.isNull("\\N".getBytes(ISO_8859_1), 0, 2)).isTrue();
    assertThat(CopyText.isNull("\\\\N".getBytes(ISO_8859_1), 0, 3)).isFalse();
    assertThat(CopyText.isNull("\\n".getBytes(ISO_8859_1), 0, 2)).isFalse();
    assertThat(CopyText.isNull(new byte[0], 0, 0)).isFalse();
  }
}
