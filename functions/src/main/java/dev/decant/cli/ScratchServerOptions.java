package dev.decant.cli;

import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that use a temporary database. */
final class ScratchServerOptions {
  @Option(
      names = "--scratch",
      paramLabel = "embedded|URL",
      description =
          "The PostgreSQL of the temporary database. 'embedded' starts one for this run. With the"
              + " URL of a server, postgresql://user@host:port/db, the run creates the database"
              + " there and drops it. Default: DECANT_SCRATCH, then embedded.")
  @Nullable String scratch;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description =
          "The folder for temporary files. Default: DECANT_WORK, then that of the system; 'check'"
              + " and 'explain' take /dev/shm if it is large enough.")
  @Nullable String work;

  Settings in(Settings settings) {
    return settings.with(Setting.SCRATCH, scratch).with(Setting.WORK, work);
  }
}
