package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The masks {@code round} and {@code date-truncate}. */
final class RoundMaskTest {
  private static Column column(String type) {
    return switch (type) {
      case "numeric(5,2)" -> MaskProbe.numeric(5, 2);
      case "timestamp" -> MaskProbe.column("timestamp without time zone", TypeCategory.TIMESTAMP);
      case "timestamptz" -> MaskProbe.column("timestamp with time zone", TypeCategory.TIMESTAMP);
      case "real", "double precision" -> MaskProbe.column(type, TypeCategory.FLOAT);
      default -> MaskProbe.column(type, TypeCategory.valueOf(type.toUpperCase(Locale.ROOT)));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 100, 149, 100",
    "integer, 100, 150, 200",
    "integer, 100, -150, -200",
    "integer, 100, 49, 0",
    "integer, 100, -49, 0",
    "integer, 3, 4, 3",
    "integer, 3, 5, 6",
    "integer, 1000, 2147483647, 2147483000",
    "integer, 1000, -2147483648, -2147483000",
    "smallint, 1000, 32767, 32000",
    "bigint, 10, 9223372036854775807, 9223372036854775800",
    "numeric(5;2), 0.5, 12.24, 12.0",
    "numeric(5;2), 0.05, 12.23, 12.25",
    "numeric(5;2), 5, 999.99, 995",
    "numeric, 0.25, 123456789012345678901234567890.13, 123456789012345678901234567890.25",
    "numeric, 100, NaN, NaN",
    "numeric, 100, -Infinity, -Infinity",
    "real, 100, 1234.5, 1200",
    "double precision, 100, 1.5e+3, 1500",
    "double precision, 0.1, 1e-300, 0.0",
    "date, year, 1980-06-30, 1980-01-01",
    "date, year, 1980-07-01, 1981-01-01",
    "date, month, 1980-12-16, 1981-01-01",
    "date, month, 1980-12-15, 1980-12-01",
    "date, month, 0001-12-31 BC, 0001-01-01",
    "date, year, 5874897-12-31, 5874897-01-01",
    "date, month, -infinity, -infinity",
    "timestamp, month, 2024-02-29 23:59:59.5, 2024-03-01 00:00:00",
    "timestamptz, year, 2024-02-29 23:59:59.5+05:53:28, 2024-01-01 00:00:00+05:53:28",
    "timestamptz, month, 0044-03-15 12:00:00-03:30 BC, 0044-03-01 00:00:00-03:30 BC"
  })
  void valuesAreRounded(String type, String to, String raw, String expected) {
    MaskSpec spec = MaskProbe.spec("round", "to", to);
    Column column = column(type.replace(';', ','));
    assertThat(MaskProbe.refusal(spec, column)).isNull();
    assertThat(MaskProbe.of(spec, column).mask(raw)).isEqualTo(expected);
  }

  @Test
  void bothWaysOfRoundingAgree() {
    Random random = new Random(2);
    for (String to : new String[] {"7", "0.3", "12.5", "1000", "0.001"}) {
      MaskProbe mask = MaskProbe.of(MaskProbe.spec("round", "to", to), column("numeric"));
      for (int i = 0; i < 3000; i++) {
        BigDecimal raw =
            BigDecimal.valueOf(random.nextLong() >> random.nextInt(60), random.nextInt(12));
        BigDecimal unit = new BigDecimal(to);
        assertThat(new BigDecimal(mask.mask(raw.toPlainString())))
            .as("%s to %s", raw, to)
            .isEqualByComparingTo(raw.divide(unit, 0, RoundingMode.HALF_UP).multiply(unit));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "date, year, 1980-05-06, 1980-01-01",
    "date, month, 1980-05-06, 1980-05-01",
    "date, year, infinity, infinity",
    "date, year, 4714-12-24 BC, 4714-11-26 BC",
    "timestamp, month, 1980-05-06 07:08:09.123456, 1980-05-01 00:00:00",
    "timestamptz, year, 1980-05-06 07:08:09+02, 1980-01-01 00:00:00+02"
  })
  void datesAreCut(String type, String to, String raw, String expected) {
    assertThat(MaskProbe.of(MaskProbe.spec("date-truncate", "to", to), column(type)).mask(raw))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "1e30", "NaN", "year", "1", "0.5", "1.5"})
  void aUnitThatRoundsNothingIsRefused(String to) {
    assertThat(MaskProbe.refusal(MaskProbe.spec("round", "to", to), column("integer")))
        .contains("Write");
  }

  @Test
  void unitsFitTheType() {
    assertThat(MaskProbe.refusal(MaskProbe.spec("round", "to", "0.01"), column("numeric(5,2)")))
        .contains("so all would stay");
    assertThat(MaskProbe.refusal(MaskProbe.spec("round", "to", "0.1"), column("numeric(5,2)")))
        .isNull();
    assertThat(MaskProbe.refusal(MaskProbe.spec("round", "to", 100L), column("date")))
        .contains("year or month");
  }
}
