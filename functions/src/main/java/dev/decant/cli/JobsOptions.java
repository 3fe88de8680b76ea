package dev.decant.cli;

import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of the commands that work over several connections at the same time. */
final class JobsOptions {
  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "The number of connections that work at the same time, 1 to 256. Default: DECANT_JOBS,"
              + " then the number of cores.")
  @Nullable String jobs;

  Settings in(Settings settings) {
    return settings.with(Setting.JOBS, jobs);
  }
}
