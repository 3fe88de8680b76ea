package dev.decant.setting;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the name of a snapshot from the key of its raw snapshot, which has the form {@code
 * PREFIX/SERVICE/ENVIRONMENT/NAME.sql.zst}.
 *
 * <p>If the key begins with the prefix, the prefix is removed. The last part is the file, and the
 * two parts before it are the service and the environment. Parts before these are ignored, so
 * {@code snapshots/2026/backend/production/NAME.sql.zst} belongs to {@code backend/production}.
 */
public final class RawKeys {
  private static final List<String> COMPRESSION = List.of(".zst", ".zstd", ".gz", ".lz4");
  private static final List<String> DUMP = List.of(".sql", ".dump", ".tar");

  private RawKeys() {}

  /**
   * The name of the sanitized snapshot for the key of a raw snapshot.
   *
   * @throws DecantException {@link ErrorCode#USAGE} if the key has too few parts, or characters
   *     that a name must not have
   */
  public static SnapshotName parse(String rawPrefix, String key) {
    return parse(rawPrefix, key, null, null);
  }

  /**
   * As {@link #parse(String, String)}. A service or environment that is not null replaces that of
   * the key.
   */
  public static SnapshotName parse(
      String rawPrefix, String key, @Nullable String service, @Nullable String environment) {
    String relative = key.startsWith(rawPrefix) ? key.substring(rawPrefix.length()) : key;
    List<String> parts = Stream.of(relative.split("/")).filter(p -> !p.isEmpty()).toList();
    if (parts.isEmpty()) {
      throw tooShort(key);
    }
    int file = parts.size() - 1;
    String keyEnvironment = file >= 1 ? parts.get(file - 1) : null;
    String keyService = file >= 2 ? parts.get(file - 2) : null;
    String theService = service == null ? keyService : service;
    String theEnvironment = environment == null ? keyEnvironment : environment;
    if (theService == null || theEnvironment == null) {
      throw tooShort(key);
    }
    return new SnapshotName(theService, theEnvironment, name(parts.get(file)));
  }

  /** Whether a key is named as a dump, in any case: {@code .sql}, {@code .dump.zst}, .... */
  public static boolean isDump(String key) {
    String file = without(COMPRESSION, key.substring(key.lastIndexOf('/') + 1));
    return !without(DUMP, file).equals(file);
  }

  /** The name of a file without the suffix of a compression and without the suffix of a dump. */
  public static String name(String file) {
    return without(DUMP, without(COMPRESSION, file));
  }

  /**
   * The time when the snapshot was taken. It is the time in the name, {@code …_20260323-060000} in
   * UTC, or else the time of the last change.
   */
  public static Optional<Instant> takenAt(String name, Optional<Instant> modified) {
    return SnapshotName.time(name).or(() -> modified);
  }

  private static String without(List<String> suffixes, String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return suffixes.stream()
        .filter(suffix -> lower.endsWith(suffix) && file.length() > suffix.length())
        .findFirst()
        .map(suffix -> file.substring(0, file.length() - suffix.length()))
        .orElse(file);
  }

  private static DecantException tooShort(String key) {
    return new DecantException(
        ErrorCode.USAGE,
        "The key '"
            + key
            + "' does not name a service and an environment. It should end with"
            + " SERVICE/ENVIRONMENT/NAME.sql.zst. Move the raw snapshot, or give --service and"
            + " --environment (DECANT_SERVICE, DECANT_ENVIRONMENT).");
  }
}
