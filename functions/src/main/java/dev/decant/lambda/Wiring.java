package dev.decant.lambda;

import dev.decant.location.Location;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.PolicyParser;
import dev.decant.sanitize.PolicyReader;
import dev.decant.sanitize.Sanitization;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServers;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.store.Stores;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the handler works with.
 *
 * @param filter made at a call, not before: a wrong setting must not keep the self-test from
 *     running
 */
record Wiring(
    Supplier<DumpFilter> filter,
    AbandonedFiles abandonedFiles,
    SanitizeJob job,
    SelfTest selfTest) {
  /** As Lambda's environment says: what is in its work folder is this function's alone. */
  static Wiring ofLambda(Map<String, String> environment) {
    LambdaLog.install(environment.getOrDefault(Setting.LOG.variable(), "info"));
    return ofSandbox(environment);
  }

  /** As an environment says, on a disk that no other run uses. */
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

  /** As an environment says, on a machine that has other users and runs. */
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

  /** A store without a prefix gets the sanitized one: output never lies where raw dumps land. */
  static String store(Settings settings) {
    String store = settings.required(Setting.STORE);
    return Stores.locate(store) instanceof Location.S3 s3 && s3.key().isEmpty()
        ? new Location.S3(s3.bucket(), settings.sanitizedPrefix()).toString()
        : store;
  }
}
