package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a snapshot: {@code SERVICE/ENVIRONMENT/NAME}. Each part consists of letters, digits
 * and {@code . _ -} and does not begin with a dot, because decant keeps such names for itself, for
 * example {@code .runs}.
 *
 * @param name the name without a suffix: {@code pgsql_app_db_20260323-060000}
 */
public record SnapshotName(String service, String environment, String name) {
  public static final String DUMP = ".sql.zst";
  public static final String MD5 = ".sql.zst.md5";
  public static final String REPORT = ".report.html";
  public static final String MANIFEST = ".manifest.json";

  /** The suffixes of the files of a snapshot, in the order in which they are deleted. */
  static final List<String> FILES = List.of(MANIFEST, DUMP, MD5, REPORT);

  private static final Pattern TIME = Pattern.compile("_(\\d{8}-\\d{6})(?!\\d)");
  private static final DateTimeFormatter TIME_FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /**
   * Checks the parts of the name.
   *
   * @throws DecantException {@link ErrorCode#USAGE}
   */
  public SnapshotName {
    requireSegment("service", service);
    requireSegment("environment", environment);
    requireSegment("name", name);
  }

  /** Whether a text may be a part of a name. */
  static boolean segment(String text) {
    return SEGMENT.matcher(text).matches();
  }

  /** The name whose manifest has this key. Empty if the key is not that of a manifest. */
  static Optional<SnapshotName> ofManifest(String key) {
    return of(key, MANIFEST);
  }

  /** The name whose file with this suffix has this key. Empty if the key is another one. */
  static Optional<SnapshotName> of(String key, String suffix) {
    if (!key.endsWith(suffix)) {
      return Optional.empty();
    }
    String[] parts = key.substring(0, key.length() - suffix.length()).split("/", -1);
    return parts.length == 3 && segment(parts[0]) && segment(parts[1]) && segment(parts[2])
        ? Optional.of(new SnapshotName(parts[0], parts[1], parts[2]))
        : Optional.empty();
  }

  /**
   * The time in UTC at which the raw snapshot was taken, if the name states it: {@code
   * …_20260323-060000}.
   */
  public Optional<Instant> time() {
    return time(name);
  }

  /** The time that a text states. If it contains several, the last one counts. */
  public static Optional<Instant> time(String text) {
    Optional<Instant> last = Optional.empty();
    for (Matcher matcher = TIME.matcher(text); matcher.find(); ) {
      last = instant(matcher.group(1));
    }
    return last;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, TIME_FORMAT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The key of the file with a suffix in a store. */
  public String key(String suffix) {
    return service + '/' + environment + '/' + name + suffix;
  }

  @Override
  public String toString() {
    return key("");
  }

  private static void requireSegment(String what, String text) {
    if (!segment(text)) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The "
              + what
              + " of a snapshot cannot be '"
              + text
              + "'. Use letters, digits, '.', '_' and '-', and do not begin with a dot.");
    }
  }
}
