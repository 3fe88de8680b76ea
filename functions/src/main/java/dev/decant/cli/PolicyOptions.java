package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.check.CheckRequest;
import dev.decant.inspect.Inspection;
import dev.decant.policy.NamedFile;
import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Progress;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.setting.SourceEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that compare a policy with a schema. */
final class PolicyOptions {
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy: a file or s3://bucket/key. Default: DECANT_POLICY.")
  @Nullable String policy;

  @Mixin SourceOptions sources = new SourceOptions();
  @Mixin ScratchServerOptions temporary = new ScratchServerOptions();

  @Mixin ParameterOptions parameters = new ParameterOptions();

  Settings settings(Map<String, String> environment) {
    return temporary.in(new Settings(environment).with(Setting.POLICY, policy));
  }

  NamedFile file(Settings settings) {
    return NamedFile.read("policy", settings.required(Setting.POLICY), Path.of(""));
  }

  Map<String, String> parameters(Settings settings) {
    return parameters.values(settings);
  }

  private static ScratchOptions scratchOptions(Console console, Settings settings) {
    ScratchOptions options = ScratchOptions.of(console.environment());
    return settings.value(Setting.WORK).isPresent()
        ? options.withRunFolder(settings.work())
        : options.inMemory();
  }

  /** The source as messages name it, without the password that a URL may hold. */
  private static String name(String source, Map<String, String> environment) {
    if (source.equals("-")) {
      return ReportPaths.STDIN;
    }
    return ServerUrl.isOne(source)
        ? ReportPaths.DATABASE + ServerUrl.parse(source, environment).database()
        : source;
  }

  /** Shows progress while the use case runs. */
  <T> T withRequest(Console console, String source, Function<CheckRequest, T> useCase) {
    Settings settings = settings(console.environment());
    NamedFile file = file(settings);
    Progress progress = console.progress();
    try {
      return useCase.apply(
          new CheckRequest(
              source,
              name(source, console.environment()),
              file,
              parameters(settings),
              new Inspection(
                  false,
                  ScratchUrl.of(settings, Secrets::read),
                  scratchOptions(console, settings),
                  STATEMENT_LIMIT,
                  SourceEnvironment.of(settings, console.environment(), Secrets::read, source),
                  sources.choice()),
              progress));
    } finally {
      progress.done();
    }
  }
}
