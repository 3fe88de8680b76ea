package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import dev.decant.postgres.ServerUrl;
import dev.decant.scale.LiveAccess;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.setting.SourceEnvironment;
import dev.decant.source.Source;
import dev.decant.source.SourceChoice;
import dev.decant.source.Sources;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the commands of {@code decant scale} read their source. */
final class ScaleSource {
  private static final long LEAST_BYTES = 1_000_000;
  private static final long MOST_BYTES = 1_000_000_000_000L;

  @Option(
      names = "--chunk-bytes",
      paramLabel = "SIZE",
      description =
          "For 'plan', the size of an item, from 1MB to 1000GB. Items are larger if there would be"
              + " more than 9,000. Default: 1GB.")
  @Nullable String chunkBytes;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "For 'plan', the encoding of the texts of a database in SQL_ASCII. Default: UTF-8.")
  @Nullable String encoding;

  @Mixin DatabaseSourceOptions databases = new DatabaseSourceOptions();

  /**
   * Refuses a database to which somebody may write.
   *
   * @param location the source as the user wrote it
   */
  static void requireStatic(String location, Settings settings) {
    if (ServerUrl.isOne(location) && !settings.staticSource()) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The processes of a run cannot share a snapshot of a database, so it must be one to which"
              + " nobody writes, such as a restored clone. Say so with --static-source or"
              + " DECANT_STATIC_SOURCE=true, or use 'decant sanitize'.");
    }
  }

  /** The size of an item in bytes. */
  long itemBytes() {
    return Settings.size(Objects.requireNonNullElse(chunkBytes, "1GB"))
        .filter(size -> size >= LEAST_BYTES && size <= MOST_BYTES)
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.USAGE,
                    "--chunk-bytes is a size from 1MB to 1000GB, for example 500MB."));
  }

  /** Opens the source. The caller closes it. */
  Source open(String location, Settings settings, Map<String, String> environment) {
    return databases.open(location, new SourceChoice(null, encoding, null), settings, environment);
  }

  /** The location for other processes, which may have another working directory. */
  static String fromAnywhere(String location) {
    return !ServerUrl.isOne(location) && Sources.locate(location) instanceof Location.Local local
        ? local.path().toAbsolutePath().normalize().toString()
        : location;
  }

  /** How a process reaches the source of its run. The plan made sure that the source is static. */
  static LiveAccess access(Settings settings, Map<String, String> environment) {
    Settings planned = settings.with(Setting.STATIC_SOURCE, "true");
    return new LiveAccess(
        location ->
            ServerUrl.parse(
                location, SourceEnvironment.of(planned, environment, Secrets::read, location)),
        encoding -> DatabaseSourceOptions.live(planned, environment, encoding));
  }
}
