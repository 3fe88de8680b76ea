package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.pull.Agreements;
import dev.decant.pull.RepositoryTrust;
import dev.decant.setting.ProjectFile;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read a store. */
final class StoreOptions {
  @Option(
      names = "--from",
      paramLabel = "STORE",
      description =
          "A folder or s3://bucket/prefix that holds the snapshots. Default: DECANT_STORE, then"
              + " the repository's decant.yaml.")
  @Nullable String store;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "Use only snapshots of this service. Default: DECANT_SERVICE, then decant.yaml.")
  @Nullable String service;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description =
          "Use only snapshots of this environment. Default: DECANT_ENVIRONMENT, then decant.yaml.")
  @Nullable String environment;

  /**
   * The settings in the order of their precedence: these options, the environment variables, and
   * the {@code decant.yaml} of the repository that holds the working directory.
   */
  Settings settings(Map<String, String> variables) {
    return new Settings(variables)
        .withFallbacks(ProjectFile.find(Path.of("")).map(ProjectFile::read).orElseGet(Map::of))
        .with(Setting.STORE, store)
        .with(Setting.SERVICE, service)
        .with(Setting.ENVIRONMENT, environment);
  }

  /**
   * Asks the user once before a store or a key is used that only the repository's file names. The
   * author of that file decides which SQL runs on the user's server.
   *
   * @param key the verification key in force
   */
  static void requireTrust(Console console, Settings settings, Optional<PublicKey> key) {
    ProjectFile.find(Path.of(""))
        .ifPresent(
            file -> RepositoryTrust.require(settings, file, key, agreements(console, settings)));
  }

  /** The questions to the user of this console, and the answers that were given before. */
  static Agreements agreements(Console console, Settings settings) {
    return new Agreements(settings.state().getFirst(), console.questions());
  }

  /**
   * Finds the snapshot that the user means.
   *
   * @param snapshot {@code [SERVICE/ENVIRONMENT/]NAME} or {@code latest}
   */
  static SnapshotName resolve(Snapshots snapshots, String snapshot, Settings settings) {
    return snapshots.resolve(
        snapshot,
        settings.value(Setting.SERVICE).orElse(null),
        settings.value(Setting.ENVIRONMENT).orElse(null));
  }

  /** Opens the store that the settings name. The caller closes it. */
  static SnapshotStore open(Settings settings) {
    return Stores.openToRead(
        settings
            .value(Setting.STORE)
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.USAGE,
                        "No store was given. Give --from FOLDER or --from s3://bucket/prefix, or"
                            + " set DECANT_STORE, or write a decant.yaml into the root of your"
                            + " repository:\n  version: 1\n  store: s3://bucket/prefix")));
  }
}
