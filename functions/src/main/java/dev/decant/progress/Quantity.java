package dev.decant.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats numbers for people: {@code 1,234 rows}, {@code 12.3 MB} (powers of ten). */
public final class Quantity {
  private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Quantity() {}

  /** A number and its unit. Bytes, with the unit {@code B}, are scaled. */
  public static String of(long number, String unit) {
    return unit.equals("B") ? bytes(number) : count(number) + " " + unit;
  }

  /** A number and a noun: {@code 1 table}, {@code 1,234 tables}. */
  public static String counted(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** The first names of a list, and how many more it has: {@code a, b and 1,234 more}. */
  public static String listed(List<String> names, int most) {
    String shown = names.stream().limit(most).collect(Collectors.joining(", "));
    return names.size() <= most ? shown : shown + " and " + count(names.size() - most) + " more";
  }

  /** {@code 1,234}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** An age: {@code 3 min}, {@code 5 h}, {@code 12 days}. An age below zero counts as zero. */
  public static String age(Duration age) {
    if (age.toMinutes() < 120) {
      return Math.max(0, age.toMinutes()) + " min";
    }
    return age.toHours() < 48 ? age.toHours() + " h" : count(age.toDays()) + " days";
  }

  /** {@code 999 B}, {@code 1.0 kB}, {@code 12.3 MB}. */
  public static String bytes(long number) {
    double scaled = number;
    int power = 0;
    while (scaled >= 999.95 && power < BYTES.length - 1) {
      scaled /= 1000;
      power++;
    }
    return power == 0 ? number + " B" : String.format(Locale.ROOT, "%.1f %s", scaled, BYTES[power]);
  }
}
