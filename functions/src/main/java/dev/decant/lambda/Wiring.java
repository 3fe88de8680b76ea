package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.MaskFactory;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.PolicyParser;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServers;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the handler works with.
 *
 * @param intake made at a call, not before: a wrong setting must not keep the self-test from
 *     running
 */
record Wiring(Supplier<Intake> intake, Leftovers leftovers, SanitizeJob job, SelfTest selfTest) {
  private static final Path TEMPORARY = Path.of("/tmp");

  /** As Lambda's environment says: /tmp is this process's alone, and the log is Lambda's. */
  static Wiring ofLambda(Map<String, String> environment) {
    LambdaLog.install(environment.getOrDefault(Setting.LOG.variable(), "info"));
    Path work =
        new Settings(environment).path(Setting.WORK).orElse(TEMPORARY.resolve("decant-work"));
    return of(environment, Leftovers.in(work), work, TEMPORARY);
  }

  /** As an environment says, on a machine that has other users and runs. */
  static Wiring ofMachine(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    return of(
        environment,
        () -> {},
        settings.work(),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  private static Wiring of(
      Map<String, String> environment, Leftovers leftovers, Path work, Path temporary) {
    Settings settings = new Settings(environment);
    PolicyReader policies =
        new PolicyReader(
            new PolicyParser(new NoMasks()),
            Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", "")));
    return new Wiring(
        () -> new Intake(settings.rawPrefix(), store(settings)),
        leftovers,
        new SettingsJob(settings, policies, work, Wiring::sanitize),
        new SelfTest(
            temporary, () -> ScratchServers.open("embedded", ScratchOptions.of(environment))));
  }

  /** A store without a prefix gets the sanitized one: output never lies where raw dumps land. */
  static String store(Settings settings) {
    String store = settings.required(Setting.STORE);
    return store.matches("s3://[^/]+/?")
        ? store.replaceAll("/$", "") + '/' + settings.sanitizedPrefix()
        : store;
  }

  // TODO: Sanitization.run and Masks.standard(), once they are there.
  private static SanitizeResult sanitize(SanitizeRequest request) {
    throw new DecantException(ErrorCode.BUG, "not wired yet: " + request.name());
  }

  private static final class NoMasks implements MaskCatalog {
    @Override
    public Optional<MaskFactory> factory(String name) {
      return Optional.empty();
    }

    @Override
    public Set<String> names() {
      return Set.of();
    }
  }
}
