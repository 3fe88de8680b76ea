package dev.decant.lambda;

import dev.decant.aws.Secrets;
import dev.decant.log.LoggedProgress;
import dev.decant.policy.Policy;
import dev.decant.sanitize.PolicyReader;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeRequest.Checks;
import dev.decant.sanitize.SanitizeRequest.Execution;
import dev.decant.sanitize.SanitizeRequest.ScratchSettings;
import dev.decant.sanitize.SanitizeRequest.SnapshotKeys;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.Turn;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.Keys;
import dev.decant.setting.ParameterValues;
import dev.decant.setting.RawKey;
import dev.decant.setting.RawKeyPattern;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sanitizes a dump according to the settings. Wrong settings are reported before the dump is
 * opened.
 */
final class ConfiguredSanitizeJob implements SanitizeJob {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredSanitizeJob.class);

  private final Settings settings;
  private final PolicyReader policies;
  private final ScratchOptions scratchOptions;
  private final Path work;
  private final Function<SanitizeRequest, SanitizeResult> sanitization;

  ConfiguredSanitizeJob(
      Settings settings,
      PolicyReader policies,
      ScratchOptions scratchOptions,
      Path work,
      Function<SanitizeRequest, SanitizeResult> sanitization) {
    this.settings = settings;
    this.policies = policies;
    this.scratchOptions = scratchOptions;
    this.work = work;
    this.sanitization = sanitization;
  }

  @Override
  public SanitizeResult run(RawDump dump, @Nullable String order, Instant deadline) {
    RawKey key = RawKeyPattern.of(settings).read(dump.key());
    Keys keys = new Keys(settings, Secrets::read, LOG::warn);
    Policy policy =
        policies.read(
            settings.required(Setting.POLICY), ParameterValues.of(settings, Secrets::read));
    try (SnapshotStore store = Stores.open(Wiring.store(settings));
        Source source = Sources.open(dump.uri())) {
      return sanitization.apply(
          new SanitizeRequest(
              source,
              key.at(source.modified()),
              policy,
              store,
              new SnapshotKeys(
                  keys.maskingKey(), keys.maskingKeyStore(), keys.signingKey().orElse(null)),
              new ScratchSettings(ScratchUrl.of(settings, Secrets::read), scratchOptions),
              new Execution(
                  settings.jobs(),
                  work,
                  deadline,
                  new LoggedProgress(),
                  settings.traceMemory(),
                  new Turn(order, Duration.ZERO)),
              Checks.STANDARD));
    }
  }
}
