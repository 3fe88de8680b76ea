package dev.decant.cli;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
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
          "The store: a folder or s3://bucket/prefix. Default: DECANT_STORE, else decant.yaml of"
              + " the repository.")
  @Nullable String store;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Only snapshots of this service. Default: DECANT_SERVICE, decant.yaml.")
  @Nullable String service;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description =
          "Only snapshots of this environment." + " Default: DECANT_ENVIRONMENT, decant.yaml.")
  @Nullable String environment;

  /** With those of the environment, then those of the repository that we are in. */
  Settings settings(Map<String, String> variables) {
    return new Settings(variables)
        .withFallbacks(ProjectFile.find(Path.of("")).map(ProjectFile::read).orElseGet(Map::of))
        .with(Setting.STORE, store)
        .with(Setting.SERVICE, service)
        .with(Setting.ENVIRONMENT, environment);
  }

  /**
   * Asks, once, about a store or a key that only the repository names: whoever writes its file says
   * whose SQL runs on the caller's server.
   *
   * @param key the verification key that counts
   */
  static void requireTrust(Console console, Settings settings, Optional<PublicKey> key) {
    ProjectFile.find(Path.of(""))
        .ifPresent(
            file -> RepositoryTrust.require(settings, file, key, agreements(console, settings)));
  }

  /** What the person at this console agrees to, and agreed to before. */
  static Agreements agreements(Console console, Settings settings) {
    return new Agreements(settings.state().getFirst(), console.questions());
  }

  /** The caller closes it. */
  static SnapshotStore open(Settings settings) {
    return Stores.openToRead(
        settings
            .value(Setting.STORE)
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.USAGE,
                        "Which store? Give --from FOLDER or --from s3://bucket/prefix, or set"
                            + " DECANT_STORE, or write a decant.yaml into the root of your"
                            + " repository:\n  version: 1\n  store: s3://bucket/prefix")));
  }
}
