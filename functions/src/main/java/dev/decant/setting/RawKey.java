package dev.decant.setting;

import dev.decant.manifest.SnapshotName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What the key of a raw snapshot says about it, in the characters of the key.
 *
 * @param name the name of the file without its suffixes
 */
public record RawKey(String service, String environment, String name) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("_uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * The name of the snapshot. If the key states no time, the name gets that of the last change,
   * because such a key is usually overwritten by each backup.
   *
   * @throws dev.decant.error.DecantException USAGE if a part is {@code .} or {@code ..}, begins
   *     with a dot, or contains control characters
   */
  public SnapshotName at(Optional<Instant> modified) {
    String time = SnapshotName.time(name).isPresent() ? "" : modified.map(TIME::format).orElse("");
    return new SnapshotName(
        SafeName.of(service), SafeName.of(environment), SafeName.of(name) + time);
  }
}
