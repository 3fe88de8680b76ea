package dev.decant.mask.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.copy.Bytes;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SimpleExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^[A-Z]{2}[0-9]{4}$|AA9999",
        "^[A-Z]{2}-\\d{4}$|AA-9999",
        "^[A-Za-z0-9]{3}$|[0-9A-Za-z][0-9A-Za-z][0-9A-Za-z]",
        "^\\+?[0-9]{7,15}$|+999999999999999",
        "^[a-z]+$|aaaaaaaa",
        "^[a-z][a-z0-9_]*$|a[0-9_a-z][0-9_a-z][0-9_a-z][0-9_a-z][0-9_a-z][0-9_a-z][0-9_a-z][0-9_a-z]",
        "^A9\\.x[\\]-]$|\\A\\9.x[\\-\\]]",
        "^[0-9]{2,}$|99999999",
        "^.{3}$|aaa",
        "^[äöü]{1,2}?$|[äöü][äöü]",
        "^[-+]9$|[+\\-]\\9",
      })
  void aSimpleExpressionGivesAPatternThatMatchesIt(String expression, String pattern) {
    assertThat(SimpleExpression.pattern(expression, 1000)).contains(pattern);
    TextPattern read = Objects.requireNonNull(TextPattern.of(pattern));
    assertThat(read).hasToString(pattern);
    Random random = new Random(1);
    int[] radixes = read.radixes();
    for (int i = 0; i < 200; i++) {
      int[] digits = new int[radixes.length];
      for (int place = 0; place < digits.length; place++) {
        digits[place] = random.nextInt(radixes[place]);
      }
      Bytes out = new Bytes(4);
      read.append(digits, out);
      assertThat(new String(out.array(), 0, out.length(), UTF_8)).matches(expression);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "^$", "[A-Z]{2}", "^[A-Z]{2}", "[A-Z]$", "^(a|b)$", "^a|b$", "^[^a]$", "^[[:alpha:]]$",
        "^\\w+$", "^a{2$", "^a{3,2}$", "^a{x}$", "^[a$", "^a\\$", "^(?i)a$", "^a{256}$", "^a**$"
      })
  void otherExpressionsGiveNone(String expression) {
    assertThat(SimpleExpression.pattern(expression, 1000)).isEmpty();
  }

  @Test
  void thePatternFitsTheColumn() {
    assertThat(SimpleExpression.pattern("^[0-9]{7,15}$", 10)).contains("9999999999");
    assertThat(SimpleExpression.pattern("^[0-9]{7,15}$", 6)).isEmpty();
    assertThat(SimpleExpression.pattern("^[a-z]+$", 3)).contains("aaa");
  }
}
