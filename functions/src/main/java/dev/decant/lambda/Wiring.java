package dev.decant.lambda;

import dev.decant.aws.Secrets;
import dev.decant.location.Location;
import dev.decant.log.LogOutput;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.sanitize.PolicyReader;
import dev.decant.sanitize.Sanitization;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServers;
import dev.decant.setting.ParameterValues;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.Stores;
import dev.decant.target.TargetUse;
import dev.decant.target.Targets;
import dev.decant.target.TargetsParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The parts that the handler of {@code SanitizeSnapshot} works with.
 *
 * @param filter makes the filter at each call, because a wrong setting must not prevent the
 *     self-test
 * @param abandonedFiles removes the files that an earlier call left
 */
record Wiring(
    Supplier<DumpFilter> filter,
    AbandonedFiles abandonedFiles,
    SanitizeJob job,
    SelfTest selfTest) {
  /** The parts on Lambda, where nobody else uses the work folder. Installs logging for Lambda. */
  static Wiring ofLambda(Map<String, String> environment) {
    LogOutput.ofFunction(environment);
    return ofSandbox(environment);
  }

  /** The parts for a machine whose work folder no other run uses. */
  static Wiring ofSandbox(Map<String, String> environment) {
    Path folder = new Settings(environment).path(Setting.WORK).orElse(Path.of("/tmp"));
    Path work = folder.resolve("decant-work");
    ScratchOptions scratch = ScratchOptions.of(environment).withRunFolder(folder);
    AbandonedFiles abandonedFiles =
        () -> {
          ScratchServers.sweepEmbedded(scratch);
          AbandonedFiles.in(work).remove();
        };
    return new Wiring(
        filter(environment),
        abandonedFiles,
        job(environment, scratch, work),
        selfTest(folder, scratch));
  }

  /** The parts for a machine with other users and runs. */
  static Wiring ofMachine(Map<String, String> environment) {
    Path work = new Settings(environment).work();
    ScratchOptions scratch = ScratchOptions.of(environment).withRunFolder(work);
    return new Wiring(
        filter(environment), () -> {}, job(environment, scratch, work), selfTest(work, scratch));
  }

  private static Supplier<DumpFilter> filter(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    return () -> new DumpFilter(settings.rawPrefix(), store(settings));
  }

  private static SanitizeJob job(
      Map<String, String> environment, ScratchOptions scratch, Path work) {
    PolicyReader policies =
        new PolicyReader(
            new PolicyParser(MaskCatalog.standard()),
            Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", "")));
    return new ConfiguredSanitizeJob(
        new Settings(environment), policies, scratch, work, Sanitization::run);
  }

  private static SelfTest selfTest(Path temporary, ScratchOptions scratch) {
    return new SelfTest(temporary, () -> ScratchServers.open("embedded", scratch));
  }

  /**
   * Reads all targets of the targets file.
   *
   * @param use what is read of each target
   */
  static Targets targets(Map<String, String> environment, TargetUse use) {
    Settings settings = new Settings(environment);
    return TargetsParser.read(
        settings.required(Setting.TARGETS),
        Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", "")),
        ParameterValues.of(settings, Secrets::read),
        use,
        List.of());
  }

  /** The store. A bucket without a prefix gets the prefix of sanitized snapshots. */
  static String store(Settings settings) {
    String store = settings.required(Setting.STORE);
    return Stores.locate(store) instanceof Location.S3 s3 && s3.key().isEmpty()
        ? new Location.S3(s3.bucket(), settings.sanitizedPrefix()).toString()
        : store;
  }
}
