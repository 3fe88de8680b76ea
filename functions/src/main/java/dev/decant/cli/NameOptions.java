package dev.decant.cli;

import dev.decant.manifest.SnapshotName;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a new snapshot. */
final class NameOptions {
  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "The service of the snapshot. Default: DECANT_SERVICE, then as described above.")
  @Nullable String service;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description =
          "The environment of the snapshot. Default: DECANT_ENVIRONMENT, then as described above.")
  @Nullable String environment;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the snapshot. Required if the source is stdin.")
  @Nullable String name;

  /** The settings with these options. */
  Settings in(Settings settings) {
    return settings.with(Setting.SERVICE, service).with(Setting.ENVIRONMENT, environment);
  }

  /**
   * The name of the snapshot.
   *
   * @param source the source as the user wrote it
   */
  SnapshotName of(String source, Source opened, Settings settings) {
    return SourceName.of(source, opened.fileName(), opened.modified(), settings, name);
  }
}
