package dev.decant.detect.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DdlPartsTest {
  private static final String CANARY = "sk_live_0123456789abcdef";
  private static final String[] PIECES = {
    "'",
    "''",
    "\"",
    "$$",
    "$a$",
    "--",
    "\n",
    "/*",
    "*/",
    "E'",
    "\\",
    " ",
    "x",
    "ä",
    ";",
    "(",
    ")",
    " AS ",
    "password ",
    CANARY,
    CANARY,
    "max@shop-prod.de"
  };
  private static final String[] BEGINNINGS = {
    "",
    "COMMENT ON TABLE t IS '",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $_$ ",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $_$ ",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '"
  };

  private static String latin(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whatever the quotes are, a secret is replaced or reported as one that replace cannot reach. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noSecretOutlastsItsReplacementUnreported(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(BEGINNINGS[random.nextInt(BEGINNINGS.length)]);
      for (int n = random.nextInt(30); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      boolean backslashes = random.nextBoolean();
      DdlParts parts = new DdlParts(bytes, backslashes);
      byte[] replaced = parts.replaced("gone");
      boolean left = !DdlDetector.inText(latin(replaced)).isEmpty();
      assertThat(left).as(text.toString()).isEqualTo(!parts.inCode().isEmpty());
      if (parts.findings().isEmpty()) {
        assertThat(replaced).as(text.toString()).isEqualTo(bytes);
      }
    }
  }
}
