package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import dev.decant.manifest.SnapshotName;
import dev.decant.setting.RawKeys;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Sources;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is called. Of an object in S3 its key tells, as for the function; of anything
 * else the file tells the name, and service and environment are {@code local} unless they are set.
 */
final class SourceName {
  private static final String LOCAL = "local";

  private SourceName() {}

  /**
   * The name.
   *
   * @param source as the caller wrote it
   * @param fileName of the opened source
   * @param name of the caller, or null
   * @throws DecantException USAGE where there is no name, or it is not one
   */
  static SnapshotName of(String source, String fileName, Settings settings, @Nullable String name) {
    String service = settings.value(Setting.SERVICE).orElse(null);
    String environment = settings.value(Setting.ENVIRONMENT).orElse(null);
    switch (Sources.locate(source)) {
      case Location.S3 s3 -> {
        SnapshotName told = RawKeys.parse(settings.rawPrefix(), s3.key(), service, environment);
        return name == null ? told : new SnapshotName(told.service(), told.environment(), name);
      }
      case Location.StandardInput _ when name == null ->
          throw new DecantException(
              ErrorCode.USAGE,
              "Standard input has no name: give the snapshot's by --name, with the time in UTC at"
                  + " its end: app_20260323-060000.");
      case Location.StandardInput _, Location.Local _ -> {}
    }
    return new SnapshotName(
        service == null ? LOCAL : service,
        environment == null ? LOCAL : environment,
        name == null ? RawKeys.name(fileName) : name);
  }
}
