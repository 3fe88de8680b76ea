package dev.decant.pull;

import dev.decant.manifest.SnapshotName;
import dev.decant.postgres.DatabaseStatements;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the databases that pulls create. */
final class DatabaseNames {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final Pattern PASSING =
      Pattern.compile(".*_(?:pulling|replaced)_(\\d{14})_[0-9a-f]{4}");

  private DatabaseNames() {}

  /** {@code SERVICE_ENVIRONMENT_YYYYMMDD}, with the day on which the raw snapshot was taken. */
  static String of(SnapshotName snapshot, Instant takenAt) {
    String place = snapshot.service() + '_' + snapshot.environment();
    String plain = place.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return DatabaseStatements.nameWithSuffix(
        plain, '_' + DAY.format(takenAt.atOffset(ZoneOffset.UTC)));
  }

  /** The name with a number, for example {@code shop_2}. */
  static String another(String name, int number) {
    return DatabaseStatements.nameWithSuffix(name, "_" + number);
  }

  /** The name of a database while it is loaded. */
  static String pulling(String name, Instant now, int random) {
    return passing(name, "pulling", now, random);
  }

  /** The name of a database that was replaced, until it is dropped. */
  static String replaced(String name, Instant now, int random) {
    return passing(name, "replaced", now, random);
  }

  private static String passing(String name, String state, Instant now, int random) {
    String time = TIME.format(now.atOffset(ZoneOffset.UTC));
    return DatabaseStatements.nameWithSuffix(
        name, String.format(Locale.ROOT, "_%s_%s_%04x", state, time, random & 0xffff));
  }

  /** Returns whether a name is one of these two temporary names. */
  static boolean isPassing(String name) {
    return PASSING.matcher(name).matches();
  }

  /** Returns whether a name is a temporary one that was given longer ago than this. */
  static boolean isPassing(String name, Duration since, Instant now) {
    Matcher matcher = PASSING.matcher(name);
    return matcher.matches()
        && LocalDateTime.parse(matcher.group(1), TIME)
            .toInstant(ZoneOffset.UTC)
            .isBefore(now.minus(since));
  }
}
