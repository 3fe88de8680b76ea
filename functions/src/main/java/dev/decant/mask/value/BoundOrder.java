package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import dev.decant.schema.TypeCategory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The order of two numbers, dates or timestamps in PostgreSQL's text form. An instance is not for
 * several threads.
 */
public final class BoundOrder {
  private static final long MICROS_OF_SECOND = 1_000_000;

  private final boolean calendar;
  private final CalendarDay day = new CalendarDay();

  public BoundOrder(TypeCategory category) {
    calendar = category == TypeCategory.DATE || category == TypeCategory.TIMESTAMP;
  }

  /** Whether the first value is greater than the second. */
  public boolean isGreater(Bytes first, Bytes second) {
    return number(first).compareTo(number(second)) > 0;
  }

  private BigDecimal number(Bytes value) {
    BigDecimal infinity = new BigDecimal("1e1000000");
    String text = new String(value.array(), 0, value.length(), StandardCharsets.US_ASCII);
    return switch (text) {
      case "NaN", "Infinity", "infinity" -> infinity;
      case "-Infinity", "-infinity" -> infinity.negate();
      default -> calendar ? BigDecimal.valueOf(micros(value)) : new BigDecimal(text);
    };
  }

  /** The microseconds since 1970 in the zone of the value. */
  private long micros(Bytes value) {
    if (!day.parse(value.array(), 0, value.length())) {
      throw new IllegalArgumentException("The bound is not a date in ISO style.");
    }
    long micros = Math.multiplyExact(day.day(), 86_400 * MICROS_OF_SECOND);
    String rest =
        new String(
            value.array(),
            day.restFrom(),
            day.restTo() - day.restFrom(),
            StandardCharsets.US_ASCII);
    int zone = Math.max(rest.lastIndexOf('+'), rest.lastIndexOf('-'));
    micros += micros(zone < 0 ? rest : rest.substring(0, zone));
    if (zone >= 0) {
      long offset = micros(rest.substring(zone + 1));
      micros += rest.charAt(zone) == '+' ? -offset : offset;
    }
    return micros;
  }

  /** The microseconds of {@code HH[:MM[:SS[.ffffff]]]}. */
  private static long micros(String time) {
    long micros = 0;
    long unit = 3600 * MICROS_OF_SECOND;
    for (String part : time.strip().split(":", -1)) {
      if (!part.isEmpty()) {
        micros += new BigDecimal(part).multiply(BigDecimal.valueOf(unit)).longValue();
      }
      unit /= 60;
    }
    return micros;
  }
}
