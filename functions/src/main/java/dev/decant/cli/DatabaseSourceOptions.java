package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.LiveOptions;
import dev.decant.live.LiveSource;
import dev.decant.postgres.ServerUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.setting.SourceEnvironment;
import dev.decant.source.Source;
import dev.decant.source.SourceChoice;
import dev.decant.source.Sources;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Opens the source of {@code decant sanitize}, which may be a live database. */
final class DatabaseSourceOptions {
  @Option(
      names = "--static-source",
      description =
          "Nobody writes to the database that is the source, for example because it is a restored"
              + " clone. Its connections then share no snapshot. Default: DECANT_STATIC_SOURCE.")
  boolean isStatic;

  /** The settings with this option. */
  Settings in(Settings settings) {
    return settings.with(Setting.STATIC_SOURCE, isStatic ? "true" : null);
  }

  /** Opens a dump or a live database. The caller closes it. */
  Source open(
      String source, SourceChoice choice, Settings settings, Map<String, String> environment) {
    if (!ServerUrl.isOne(source)) {
      refuse(isStatic, "The option --static-source is for a live database, postgresql://….");
      return Sources.open(source, choice);
    }
    refuse(
        choice.database() != null || choice.schema() != null,
        "The options --database and --schema are for dumps. Name a database in its URL,"
            + " postgresql://user@host:port/database.");
    Map<String, String> variables =
        SourceEnvironment.of(settings, environment, Secrets::read, source);
    return LiveSource.open(
        ServerUrl.parse(source, variables),
        live(settings, environment, Optional.ofNullable(choice.encoding())));
  }

  /** How the settings want a live database to be read. */
  static LiveOptions live(
      Settings settings, Map<String, String> environment, Optional<String> encoding) {
    return new LiveOptions(
        environment,
        settings.path(Setting.PG_DUMP),
        settings.jobs(),
        settings.staticSource(),
        LiveOptions.LOCK_WAIT,
        encoding);
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new DecantException(ErrorCode.USAGE, message);
    }
  }
}
