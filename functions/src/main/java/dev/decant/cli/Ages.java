package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages of snapshots and databases, as text. */
final class Ages {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})([mhdw])");

  private Ages() {}

  /** Formats an age: {@code 3 min}, {@code 5 h}, {@code 12 days}. */
  static String of(Instant then, Instant now) {
    return Quantity.age(Duration.between(then, now));
  }

  /** Parses an age: {@code 30d}, {@code 12h}, {@code 2w}, {@code 0d}. */
  static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new DecantException(
          ErrorCode.USAGE, "'" + text + "' is not an age. Write it as 30d, 12h, 2w or 45m.");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "w" -> Duration.ofDays(7 * number);
      default -> Duration.ofDays(number);
    };
  }
}
