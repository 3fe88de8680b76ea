package dev.decant.scratch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of scratch databases. On shared servers they have the form {@code
 * decant_scratch_PURPOSE_RUN_TIME} with at most 63 bytes, so that a sweeper recognizes the database
 * and its age by the name.
 */
final class ScratchNames {
  static final String PREFIX = "decant_scratch_";
  private static final int PURPOSE_LENGTH = 16;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final Pattern NAME =
      Pattern.compile(PREFIX + "[a-z0-9_]{1,16}_[0-9a-f]{8}_(\\d{14})");

  private ScratchNames() {}

  /** A short form of the purpose with lower-case letters, digits and underscores. */
  static String plain(String purpose) {
    String plain = purpose.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return plain.substring(0, Math.min(PURPOSE_LENGTH, plain.length()));
  }

  static String of(String purpose, int random, Instant now) {
    return PREFIX
        + plain(purpose)
        + String.format(Locale.ROOT, "_%08x_", random)
        + TIME.format(now.atOffset(ZoneOffset.UTC));
  }

  static boolean isOurs(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether a name was made longer ago than an age. */
  static boolean olderThan(Duration age, String name, Instant now) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        && LocalDateTime.parse(matcher.group(1), TIME)
            .toInstant(ZoneOffset.UTC)
            .isBefore(now.minus(age));
  }
}
