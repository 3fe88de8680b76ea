package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.aws.Secrets;
import dev.decant.check.Explain;
import dev.decant.check.ExplainRequest;
import dev.decant.check.Explanation;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.setting.Keys;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decant explain}: explains a rule of a policy, or lists the columns that are kept. */
@Command(
    name = "explain",
    description = {
      "Explains the rule of a column, or lists all columns that are kept.",
      "",
      "With a column, it shows which rule applies and why, what the mask hides and lets through,"
          + " and the masked values of some made-up values. Add a SOURCE to show the type of the"
          + " column. Partitions need a SOURCE.",
      "",
      "With a SOURCE alone, it lists the columns whose raw values are published, the most sensitive"
          + " names first. A reviewer of the policy should read this list.",
      "",
      "It reads no rows and fills in no parameters."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant explain public.users.email --policy policy.yaml",
      "  decant explain users.email db/structure.sql --policy policy.yaml",
      "  decant explain db/structure.sql --policy policy.yaml"
    })
final class ExplainCommand implements Runnable {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();

  @Parameters(
      arity = "1..2",
      paramLabel = "[TABLE.COLUMN] [SOURCE]",
      description =
          "A column (for example public.users.email), a source, or both in this order. A source is"
              + " a dump, a file of DDL, - for stdin, s3://bucket/key, or a live database.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The file of the masking key for the examples. Default: DECANT_KEY_FILE, DECANT_KEY, or"
              + " DECANT_KEY_SECRET, then a temporary key.")
  @Nullable String keyFile;

  private final Console console;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    if (arguments.size() == 1 && isSource(arguments.getFirst())) {
      KeptReport report =
          policy.withRequest(
              console, arguments.getFirst(), request -> new KeptReport(Explain.kept(request)));
      print(report.document(), () -> report.lines(console.tableColumns()));
      return;
    }
    ColumnName name = ColumnName.parse(arguments.getFirst());
    Settings settings = policy.settings(console.environment()).with(Setting.KEY_FILE, keyFile);
    @Nullable MaskingKey given = key(settings);
    MaskingKey key = given == null ? throwAway() : given;
    Explanation explanation =
        arguments.size() == 2
            ? policy.withRequest(
                console,
                arguments.getLast(),
                request ->
                    Explain.column(
                        new ExplainRequest(
                            name.schema(),
                            name.table(),
                            name.column(),
                            request.policy(),
                            request,
                            key)))
            : Explain.column(
                new ExplainRequest(
                    name.schema(), name.table(), name.column(), policy.file(settings), null, key));
    ExplanationReport report =
        new ExplanationReport(explanation, settings.required(Setting.POLICY), given == null);
    print(report.document(), () -> report.lines(console.tableColumns()));
  }

  private void print(ObjectNode document, Supplier<List<String>> lines) {
    if (common.json) {
      console.out().println(JsonOutput.json(document));
    } else {
      lines.get().forEach(console.out()::println);
    }
  }

  private static boolean isSource(String argument) {
    try {
      return argument.equals("-")
          || argument.contains("://")
          || argument.contains("/")
          || Files.exists(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private @Nullable MaskingKey key(Settings settings) {
    try {
      return new Keys(settings, Secrets::read, console.err()::println).maskingKey();
    } catch (DecantException e) {
      if (e.code() != ErrorCode.KEY_MISSING) {
        throw e;
      }
      return null;
    }
  }

  private static MaskingKey throwAway() {
    byte[] bytes = new byte[MaskingKey.MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new MaskingKey(bytes);
  }
}
