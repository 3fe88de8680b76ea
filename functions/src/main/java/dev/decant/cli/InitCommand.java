package dev.decant.cli;

import dev.decant.aws.Secrets;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.inspect.Inspected;
import dev.decant.inspect.Inspection;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.check.PolicyDraft;
import dev.decant.policy.propose.Evidence;
import dev.decant.policy.propose.ProposalTrial;
import dev.decant.progress.Progress;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.ScratchUrl;
import dev.decant.setting.Settings;
import dev.decant.setting.SourceEnvironment;
import dev.decant.verify.ServerTrial;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant init}: proposes a policy. */
@Command(
    name = "init",
    description = {
      "Proposes a policy for a database.",
      "",
      "The proposal has a rule for every column, with a comment that states the reason. A column is"
          + " kept only for a reason. A doubtful column is masked and marked '# REVIEW'. decant"
          + " looks at the names, the types, the keys and the CHECKs of the schema, and at a sample"
          + " of the rows if the source has rows. It shows and stores no value of a row.",
      "",
      "The source is a dump, a file of DDL without rows (pg_dump --schema-only, or a structure.sql"
          + " from git), or a live database. For a live database, a role that may only read is"
          + " enough."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant init backup.sql.zst -o policy.yaml",
      "  decant init db/structure.sql -o policy.yaml",
      "  decant init postgresql://reader@db.internal/app -o policy.yaml",
      "  decant init backup.sql.zst --update policy.yaml"
    })
final class InitCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ScratchServerOptions temporary = new ScratchServerOptions();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A file, - for stdin, or s3://bucket/key, plain or compressed, or an archive of pg_dump;"
              + " or a live database, postgresql://user@host/db.")
  String source = "";

  @Mixin SourceOptions sources = new SourceOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the policy to this file. An existing file is not overwritten.")
  @Nullable Path output;

  @Option(
      names = "--update",
      paramLabel = "FILE",
      description =
          "Add the missing rules to this policy, and keep its order and its comments. --param gives"
              + " values to its parameters. The file is changed in place, unless --output names"
              + " another one.")
  @Nullable Path update;

  @Option(names = "--force", description = "Overwrite the file of --output.")
  boolean force;

  @Option(names = "--no-sample", description = "Do not look at rows.")
  boolean noSample;

  @Option(
      names = "--statement-timeout",
      paramLabel = "SECONDS",
      description =
          "The longest time that a statement may take in a live database. Default:"
              + " ${DEFAULT-VALUE}.")
  int statementTimeout = 30;

  @Mixin ParameterOptions parameters = new ParameterOptions();

  private record Proposed(Inspected inspected, PolicyDraft draft) {}

  private final Console console;

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    PolicyOutput files = new PolicyOutput(output, update, force);
    String before = files.before();
    files.require(source);
    if (statementTimeout < 1) {
      throw new DecantException(
          ErrorCode.USAGE, "--statement-timeout must be a number of seconds from 1 on.");
    }
    Settings settings = temporary.in(new Settings(console.environment()));
    Progress progress = console.progress();
    Map<String, String> values = values(settings);
    Proposed proposed;
    try {
      proposed =
          new Inspection(
                  !noSample,
                  ScratchUrl.of(settings, Secrets::read),
                  ScratchOptions.of(console.environment()).withRunFolder(settings.work()),
                  Duration.ofSeconds(statementTimeout),
                  SourceEnvironment.of(settings, console.environment(), Secrets::read, source),
                  sources.choice())
              .with(
                  source,
                  progress,
                  (found, server) ->
                      new Proposed(found, draft(found, server.connection(), before, values)));
    } finally {
      progress.done();
    }
    InitReport report = new InitReport(source, files, before, proposed.inspected, proposed.draft);
    report.warnings().forEach(warning -> console.err().println("warning: " + warning));
    files.write(proposed.draft);
    answer(report);
  }

  private void answer(InitReport report) {
    if (common.json) {
      console.out().println(JsonOutput.json(report.document()));
      return;
    }
    if (report.files().file() == null) {
      console.out().print(report.draft().yaml());
    }
    console.err().println(report.summary());
  }

  private static void requireTables(Inspected inspected) {
    if (inspected.schema().tables().isEmpty()) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          inspected.copied().isEmpty()
              ? "The source creates no table, so there is nothing to write rules for. Name a dump,"
                  + " a file that pg_dump --schema-only wrote, or a database."
              : "The source has rows but creates no table. It was made by pg_dump --data-only, for"
                  + " example. Make a dump that has the definitions of the tables, too, or name"
                  + " one of pg_dump --schema-only with --schema FILE.");
    }
  }

  private Map<String, String> values(Settings settings) {
    return parameters.values(settings);
  }

  private PolicyDraft draft(
      Inspected inspected, Connection connection, String before, Map<String, String> values) {
    requireTables(inspected);
    ProposalTrial trial =
        new ServerTrial(connection, inspected.schema(), BuiltInMasks.standard(), Locale.ENGLISH);
    Path folder = update == null ? null : update.toAbsolutePath().getParent();
    return PolicyDraft.of(
        update == null ? "policy.yaml" : update.toString(),
        before,
        folder == null ? PolicyFiles.none() : PolicyFiles.in(folder),
        values,
        inspected.schema(),
        inspected.copied(),
        new Evidence(inspected.samples(), trial),
        inspected.ddl());
  }
}
