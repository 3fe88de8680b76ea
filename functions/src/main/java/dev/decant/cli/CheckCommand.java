package dev.decant.cli;

import dev.decant.check.CheckRequest;
import dev.decant.check.CheckResult;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant check}: compares a policy with a schema. */
@Command(
    name = "check",
    description = {
      "Checks whether a policy has a rule for every column of a schema, and whether each rule"
          + " fits.",
      "",
      "It reports columns without a rule, rules for columns that no longer exist, and rules that"
          + " cannot serve the type or the keys of their column, and proposes a complete policy. It"
          + " reads no rows, publishes nothing, and needs neither a key nor a store. It ends with"
          + " 10 if the policy does not fit.",
      "",
      "A parameter of the policy that has no value gets a made-up one, so that a build needs no"
          + " secrets."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant check db/structure.sql --policy policy.yaml",
      "  decant check backup.sql.zst --policy policy.yaml --json",
      "  decant check postgresql://reader@db.internal/app --policy policy.yaml",
      "  pg_dump --schema-only app | decant check - --policy policy.yaml",
      "  decant check db/structure.sql --policy policy.yaml --format github",
      "  decant check db/structure.sql --policy policy.yaml --sarif > decant.sarif"
    })
final class CheckCommand implements Callable<Integer> {
  /** The form of the report for people and for the log of a build. */
  enum Format {
    TEXT,
    GITHUB
  }

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A dump, or a file of DDL such as db/structure.sql: a file, - for stdin, or"
              + " s3://bucket/key, plain or compressed, or an archive of pg_dump; or a live"
              + " database, postgresql://user@host/db.")
  String source = "";

  @Option(
      names = "--format",
      paramLabel = "text|github",
      description =
          "The form of the report. 'github' writes annotations for GitHub Actions. Default: text.")
  Format format = Format.TEXT;

  @Option(names = "--sarif", description = "Write one SARIF 2.1.0 document to stdout.")
  boolean sarif;

  private final Console console;
  private final Function<CheckRequest, CheckResult> check;

  CheckCommand(Console console, Function<CheckRequest, CheckResult> check) {
    this.console = console;
    this.check = check;
  }

  @Override
  public Integer call() {
    if ((sarif && common.json) || (format == Format.GITHUB && (sarif || common.json))) {
      throw new DecantException(
          ErrorCode.USAGE,
          "--format github, --json and --sarif exclude each other. Give one of them.");
    }
    CheckResult result = policy.withRequest(console, source, check);
    if (sarif) {
      console.out().println(JsonOutput.json(new SarifReport(result).document()));
    } else if (common.json) {
      console.out().println(JsonOutput.json(CheckReport.document(result)));
    } else if (format == Format.GITHUB) {
      new GithubReport(result, console.environment()).lines().forEach(console.out()::println);
    } else {
      CheckReport.lines(result).forEach(console.out()::println);
    }
    return result.passed() ? 0 : ErrorKind.POLICY.exitCode();
  }
}
