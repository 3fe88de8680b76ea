package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import dev.decant.manifest.SnapshotName;
import dev.decant.postgres.ServerUrl;
import dev.decant.setting.RawKeyPattern;
import dev.decant.setting.RawKeys;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Sources;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Derives the name of a snapshot from its source. For an object in S3 the key holds service,
 * environment and name, as for the function on AWS. For any other source the name is that of the
 * file, or that of the database with the time of its state, and service and environment are {@code
 * local} unless they are set.
 */
final class SourceName {
  private static final String LOCAL = "local";

  private SourceName() {}

  /**
   * Returns the name of the snapshot.
   *
   * @param source the source as the user wrote it
   * @param fileName the file name of the opened source
   * @param modified when the opened source was changed last
   * @param name the name that the user gave, or null
   * @throws DecantException USAGE if there is no name, or if it is not valid
   */
  static SnapshotName of(
      String source,
      String fileName,
      Optional<Instant> modified,
      Settings settings,
      @Nullable String name) {
    String service = settings.value(Setting.SERVICE).orElse(null);
    String environment = settings.value(Setting.ENVIRONMENT).orElse(null);
    if (ServerUrl.isOne(source)) {
      return other(fileName, service, environment, name);
    }
    switch (Sources.locate(source)) {
      case Location.S3 s3 -> {
        SnapshotName parsed = RawKeyPattern.of(settings).read(s3.key()).at(modified);
        return name == null
            ? parsed
            : new SnapshotName(parsed.service(), parsed.environment(), name);
      }
      case Location.StandardInput _ when name == null ->
          throw new DecantException(
              ErrorCode.USAGE,
              "Standard input has no name. Give the name of the snapshot with --name, with the time"
                  + " in UTC at its end, such as app_20260323-060000.");
      case Location.StandardInput _, Location.Local _ -> {}
    }
    return other(RawKeys.name(fileName), service, environment, name);
  }

  private static SnapshotName other(
      String ofSource,
      @Nullable String service,
      @Nullable String environment,
      @Nullable String name) {
    return new SnapshotName(
        service == null ? LOCAL : service,
        environment == null ? LOCAL : environment,
        name == null ? ofSource : name);
  }
}
