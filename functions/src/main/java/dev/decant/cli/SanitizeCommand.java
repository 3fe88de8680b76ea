package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.progress.Quantity;
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
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  /** The extent of the verification. */
  enum Verify {
    CONSTRAINTS,
    FULL
  }

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ScratchServerOptions temporary = new ScratchServerOptions();
  @Mixin JobsOptions connections = new JobsOptions();

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

  @Option(
      names = "--param",
      paramLabel = "N=V",
      description =
          "The value of a parameter of the policy. May be repeated. Default: DECANT_PARAM_N.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "The service of the snapshot. Default: DECANT_SERVICE, then as described above.")
  @Nullable String service;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description =
          "The environment of the snapshot. Default: DECANT_ENVIRONMENT, then as described above.")
  @Nullable String environment;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the snapshot. Required if the source is stdin.")
  @Nullable String name;

  @Option(
      names = "--verify",
      paramLabel = "full",
      description = "Build every index as well, and restore the finished snapshot once more.")
  Verify verify = Verify.CONSTRAINTS;

  @Option(
      names = "--trace-memory",
      paramLabel = "SIZE",
      description =
          "The memory of the leak trace, from 1MB to 1GB. Default: DECANT_TRACE_MEMORY, then 64MB.")
  @Nullable String traceMemory;

  @Option(
      names = "--allow-no-rows",
      description =
          "Publish a snapshot even if it has no rows, for example of a pg_dump --schema-only.")
  boolean allowNoRows;

  @Option(
      names = "--require-complete-verification",
      description =
          "Publish nothing if an object could not be verified, and end with 13. Without this"
              + " option, such objects are listed. Default: the key of this name in the policy.")
  boolean complete;

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
    Settings settings = settings();
    // Wrong arguments are reported before anything is opened.
    Keys keys = new Keys(settings, Secrets::read, console.err()::println);
    MaskingKey key = keys.maskingKey();
    Policy read = policies.apply(settings.required(Setting.POLICY), parameters(settings));
    read.parameters().requireKnown(parameters.keySet(), "policy");
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
    Progress progress = console.progress();
    try (Source opened = databases.open(source, sources.choice(), settings, console.environment());
        SnapshotStore to = Stores.open(place)) {
      SanitizeResult result =
          sanitization.apply(
              new SanitizeRequest(
                  opened,
                  SourceName.of(source, opened.fileName(), opened.modified(), settings, name),
                  read,
                  to,
                  new SnapshotKeys(key, keys.maskingKeyStore(), keys.signingKey().orElse(null)),
                  new ScratchSettings(
                      ScratchUrl.of(settings, Secrets::read),
                      ScratchOptions.of(console.environment()).withRunFolder(settings.work())),
                  new Execution(
                      settings.jobs(),
                      settings.work(),
                      null,
                      progress,
                      settings.traceMemory(),
                      new Turn(settings.value(Setting.RUN).orElse(null), PATIENCE)),
                  new Checks(verify == Verify.FULL, allowNoRows, complete)));
      progress.done();
      answer(opened, to, result);
    } finally {
      progress.done();
    }
  }

  private Settings settings() {
    Settings settings = connections.in(temporary.in(new Settings(console.environment())));
    return databases
        .in(settings)
        .with(Setting.POLICY, policy)
        .with(Setting.STORE, store)
        .with(Setting.KEY_FILE, keyFile)
        .with(Setting.SIGNING_KEY_FILE, signingKeyFile)
        .with(Setting.SERVICE, service)
        .with(Setting.ENVIRONMENT, environment)
        .with(Setting.TRACE_MEMORY, traceMemory);
  }

  private Map<String, String> parameters(Settings settings) {
    return ParameterValues.of(settings, Secrets::read, parameters);
  }

  private void answer(Source from, SnapshotStore to, SanitizeResult result) {
    if (common.json) {
      console.out().println(JsonOutput.json(document(from, result)));
      return;
    }
    switch (result) {
      case SanitizeResult.Published published ->
          console
              .out()
              .printf(
                  "published %s: %s of %s, %s%n",
                  published.name(),
                  Quantity.count(published.rowsOut()),
                  Quantity.of(published.rowsIn(), "rows"),
                  Quantity.bytes(published.dumpBytes()));
      case SanitizeResult.Duplicate duplicate ->
          console
              .out()
              .println(
                  duplicate.name()
                      + " exists already, with the same source, policy, parameters and key.");
    }
    console.out().println("dump:     " + to.locate(result.name().key(SnapshotName.DUMP)));
    console.out().println("report:   " + to.locate(result.name().key(SnapshotName.REPORT)));
    console.out().println("manifest: " + result.manifestLocation());
    result.notVerified().forEach(item -> console.out().println("not verified: " + item));
    result
        .traceExceptions()
        .forEach(e -> console.out().println("not traced: " + e.subject() + " (" + e.rule() + ")"));
    if (timings) {
      console.out().println();
      stages(result).lines().forEach(console.out()::println);
    }
  }

  private static TextTable stages(SanitizeResult result) {
    TextTable table = new TextTable("STAGE", ">SECONDS");
    result.timings().forEach((stage, time) -> table.row(stage, seconds(time)));
    return table;
  }

  private static ObjectNode document(Source from, SanitizeResult result) {
    ObjectNode document =
        JsonOutput.document()
            .put("status", result.status())
            .put("source", from.uri())
            .put("snapshot", result.name().toString())
            .put("manifest", result.manifestLocation())
            .put("rowsIn", result.rowsIn())
            .put("rows", result.rowsOut())
            .put("bytes", result.dumpBytes());
    ObjectNode stages = document.putObject("stages");
    result.timings().forEach((stage, time) -> stages.put(stage, time.toMillis() / 1000.0));
    ArrayNode notVerified = document.putArray("notVerified");
    result.notVerified().forEach(item -> notVerified.add(item.toString()));
    ArrayNode exceptions = document.putArray("traceExceptions");
    result
        .traceExceptions()
        .forEach(e -> exceptions.addObject().put("subject", e.subject()).put("rule", e.rule()));
    return document;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
