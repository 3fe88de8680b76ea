package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeRequest.Checks;
import dev.decant.sanitize.SanitizeRequest.Execution;
import dev.decant.sanitize.SanitizeRequest.ScratchSettings;
import dev.decant.sanitize.SanitizeRequest.SnapshotKeys;
import dev.decant.sanitize.Turn;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.Keys;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that make a snapshot, and the request that they make. */
final class RunOptions {
  @Mixin ScratchServerOptions temporary = new ScratchServerOptions();
  @Mixin JobsOptions connections = new JobsOptions();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy: a file or s3://bucket/key. Default: DECANT_POLICY.")
  @Nullable String policy;

  @Option(
      names = "--to",
      paramLabel = "STORE",
      description = "The store: a folder or s3://bucket/prefix. Default: DECANT_STORE.")
  @Nullable String store;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The file of the masking key, which 'decant key' makes. Default: DECANT_KEY_FILE,"
              + " DECANT_KEY, or DECANT_KEY_SECRET (the ARN of a secret).")
  @Nullable String keyFile;

  @Option(
      names = "--signing-key-file",
      paramLabel = "FILE",
      description =
          "The file of the key that signs the manifest. Default: DECANT_SIGNING_KEY_FILE,"
              + " DECANT_SIGNING_KEY, or DECANT_SIGNING_KEY_SECRET. Without a key the manifest is"
              + " not signed.")
  @Nullable String signingKeyFile;

  @Mixin ParameterOptions parameters = new ParameterOptions();

  @Option(
      names = "--trace-memory",
      paramLabel = "SIZE",
      description =
          "The memory of the leak trace, from 1MB to 1GB. Default: DECANT_TRACE_MEMORY, then 64MB.")
  @Nullable String traceMemory;

  /** The settings with these options. */
  Settings in(Settings settings) {
    return connections
        .in(temporary.in(settings))
        .with(Setting.POLICY, policy)
        .with(Setting.STORE, store)
        .with(Setting.KEY_FILE, keyFile)
        .with(Setting.SIGNING_KEY_FILE, signingKeyFile)
        .with(Setting.TRACE_MEMORY, traceMemory);
  }

  /**
   * Reads the keys and the policy, so that wrong arguments are reported before anything is opened.
   *
   * @param settings those of {@link #in}
   */
  Inputs inputs(
      Settings settings,
      BiFunction<String, Map<String, String>, Policy> policies,
      Console console) {
    Keys keys = new Keys(settings, Secrets::read, console.err()::println);
    MaskingKey key = keys.maskingKey();
    Policy read = policies.apply(settings.required(Setting.POLICY), parameters.values(settings));
    parameters.requireKnown(read.parameters(), "policy");
    return new Inputs(settings, keys, key, read, place(settings, console), console);
  }

  /** The store, which is created if it is a folder that does not exist. */
  static String place(Settings settings, Console console) {
    String place =
        settings
            .value(Setting.STORE)
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.USAGE,
                        "No store was given. Give --to FOLDER or --to s3://bucket/prefix, or set"
                            + " DECANT_STORE."));
    Stores.missingFolder(place)
        .ifPresent(
            folder ->
                console
                    .err()
                    .println("The folder " + folder + " does not exist yet. It will be created."));
    return place;
  }

  /** The keys, the policy and the store that the options name. */
  record Inputs(
      Settings settings, Keys keys, MaskingKey key, Policy policy, String store, Console console) {
    /** Opens the store. The caller closes it. */
    SnapshotStore openStore() {
      return Stores.open(store);
    }

    /** The request of a run. */
    SanitizeRequest request(
        Source source,
        SnapshotName name,
        SnapshotStore to,
        Turn turn,
        Checks checks,
        Progress progress) {
      return new SanitizeRequest(
          source,
          name,
          policy,
          to,
          new SnapshotKeys(key, keys.maskingKeyStore(), keys.signingKey().orElse(null)),
          new ScratchSettings(
              ScratchUrl.of(settings, Secrets::read),
              ScratchOptions.of(console.environment()).withRunFolder(settings.work())),
          new Execution(
              settings.jobs(), settings.work(), null, progress, settings.traceMemory(), turn),
          checks);
    }
  }
}
