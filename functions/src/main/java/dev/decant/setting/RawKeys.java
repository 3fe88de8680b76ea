package dev.decant.setting;

import dev.decant.manifest.SnapshotName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The files of raw snapshots by their names. */
public final class RawKeys {
  private static final List<String> COMPRESSION = List.of(".zst", ".zstd", ".gz", ".lz4");
  private static final List<String> DUMP = List.of(".sql", ".dump", ".tar");

  private RawKeys() {}

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
}
