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
 * What the key of a raw snapshot tells: {@code PREFIX/SERVICE/ENVIRONMENT/NAME.sql.zst}.
 *
 * <p>The prefix is taken off where it is there. The last part is the file, the two before it are
 * environment and service. What stands before these is passed over: {@code
 * snapshots/2026/backend/production/NAME.sql.zst} is of {@code backend/production}.
 */
public final class RawKeys {
  private static final List<String> COMPRESSION = List.of(".zst", ".zstd", ".gz");
  private static final List<String> DUMP = List.of(".sql", ".dump");

  private RawKeys() {}

  /**
   * The name of the snapshot that a raw key will become.
   *
   * @throws DecantException {@link ErrorCode#USAGE} where the key is too short to tell, or has
   *     other characters than names may have
   */
  public static SnapshotName parse(String rawPrefix, String key) {
    return parse(rawPrefix, key, null, null);
  }

  /** The same, where the caller gives service or environment; null: by the key. */
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

  /** A file's name without the suffixes of a dump: one of compression, then one of SQL. */
  public static String name(String file) {
    return without(DUMP, without(COMPRESSION, file));
  }

  /**
   * When the snapshot was taken: what its name says, {@code …_20260323-060000} in UTC, else when it
   * was last changed.
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
            + "' does not tell service and environment: it should end with"
            + " SERVICE/ENVIRONMENT/NAME.sql.zst. Move the raw snapshot, or give --service and"
            + " --environment (DECANT_SERVICE, DECANT_ENVIRONMENT).");
  }
}
