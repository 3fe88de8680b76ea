package dev.decant.cli;

import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.Turn;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant sanitize}: makes a sanitized snapshot of a dump and publishes it. */
@Command(
    name = "sanitize",
    description = {
      "Makes a sanitized snapshot of a production dump or of a live database.",
      "",
      "The source is masked by the rules of the policy, rebuilt in a real PostgreSQL, verified, and"
          + " published. If any check fails, nothing is published.",
      "",
      "A snapshot is named SERVICE/ENVIRONMENT/NAME. For an object in S3, all three come from its"
          + " key, snapshots/SERVICE/ENVIRONMENT/NAME.sql.zst or another pattern"
          + " (DECANT_RAW_KEY_PATTERN). For other sources, the name comes from the file, or it is"
          + " that of the database with the time, and service and environment are 'local'. The"
          + " options --service, --environment and --name take precedence."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant sanitize backup.sql.zst --policy policy.yaml --to snapshots \\",
      "      --key-file keys/masking.key",
      "  pg_dump app | decant sanitize - --name app_20260323-060000 \\",
      "      --policy policy.yaml --to s3://bucket/prefix",
      "  decant sanitize s3://raw/snapshots/backend/production/app_20260323.sql.zst \\",
      "      --policy policy.yaml --to s3://bucket/prefix --param ADMIN=a@example.com",
      "  decant sanitize postgresql://reader@clone.internal/app?sslmode=verify-full \\",
      "      --policy policy.yaml --to s3://bucket/prefix",
      "  decant sanitize backup.sql.zst --policy policy.yaml --to snapshots \\",
      "      --scratch postgresql://decant@db.internal:5432/postgres"
    })
final class SanitizeCommand implements Runnable {
  /** How long the command waits for another run of the same database. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "The dump of pg_dump, plain or an archive: a file, a folder, s3://bucket/key,"
              + " s3://bucket/prefix/ of a directory archive, or - for stdin. It may be"
              + " compressed by zstd, gzip or lz4. Or a live database,"
              + " postgresql://user@host:port/db, from which decant only reads.")
  String source = "";

  @Mixin SourceOptions sources = new SourceOptions();

  @Mixin DatabaseSourceOptions databases = new DatabaseSourceOptions();
  @Mixin RunOptions options = new RunOptions();
  @Mixin NameOptions names = new NameOptions();

  @Mixin PublicationChecks checks = new PublicationChecks();

  @Option(names = "--timings", description = "Show the duration of each stage.")
  boolean timings;

  private final Console console;
  private final BiFunction<String, Map<String, String>, Policy> policies;
  private final Function<SanitizeRequest, SanitizeResult> sanitization;

  /**
   * @param policies reads the policy at a location with some values of parameters
   */
  SanitizeCommand(
      Console console,
      BiFunction<String, Map<String, String>, Policy> policies,
      Function<SanitizeRequest, SanitizeResult> sanitization) {
    this.console = console;
    this.policies = policies;
    this.sanitization = sanitization;
  }

  @Override
  public void run() {
    Settings settings = names.in(databases.in(options.in(new Settings(console.environment()))));
    RunOptions.Inputs inputs = options.inputs(settings, policies, console);
    Progress progress = console.progress();
    try (Source opened = databases.open(source, sources.choice(), settings, console.environment());
        SnapshotStore to = inputs.openStore()) {
      SanitizeResult result =
          sanitization.apply(
              inputs.request(
                  opened,
                  names.of(source, opened, settings),
                  to,
                  new Turn(settings.value(Setting.RUN).orElse(null), PATIENCE),
                  checks.checks(),
                  progress));
      progress.done();
      SanitizeAnswer.print(console, common.json, timings, opened.uri(), to, result);
    } finally {
      progress.done();
    }
  }
}
